"""What people write of a calendar (its plan), worked out into what `working_time.read_calendar` reads.

    {"timezone": "Europe/Madrid", "hours": {"mon": [["09:00", "17:00"]]},                     or "24x7"
     "weeks": [{"name": "Summer", "from": "2026-07-01", "to": "2026-08-31", "yearly": true, "hours": {...}}],
     "days": [{"name": "Stocktaking", "from": "2026-12-28", "to": "2026-12-29", "yearly": false,
               "hours": []}],                                   without hours closed, else in these hours
     "holidays": ["ES-MD"], "language": "es",                         the language of the holidays' names
     "worked": {"Epifanía del Señor": "usual", "Viernes Santo": [["09:00", "12:00"]]},
     "make_up": true}                              weekend days that make up for a holiday count (China)

Only `timezone` and `hours` must be there. Of two `days` that name the same day the later one counts.
"""

import hashlib
import json
from datetime import date, timedelta
from itertools import pairwise

from ombud.lib.working_time import Refused, make_up_days, public_holidays, regions
from ombud.lib.working_time.reading import WEEKDAYS, known
from ombud.lib.working_time.refusals import N_

FIELDS = ("timezone", "hours", "weeks", "days", "holidays", "worked", "make_up", "language")
IN_A_WEEK = ("name", "from", "to", "yearly", "hours")
USUAL = "usual"  # a public holiday that is a day like any other
BEFORE, AHEAD, MOST = 1, 3, 10  # years worked out before the calendar was made, ahead of now, back at most
A_YEAR = timedelta(days=366)
ONE_DAY = timedelta(days=1)


def digest_of(said):
    """The hash of what was worked out."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def years(made_at, now):
    """The years that are worked out: promises of the past stay explained when the years go by."""
    return range(max(made_at.year - BEFORE, now.year - MOST), now.year + AHEAD + 1)


def look_up(plan, span):
    """The plan's public holidays in some years, and the weekend days worked for them, as JSON.

    Imports the package `holidays`. `Refused` if a country or region is unknown.
    """
    found, made_up, names = {}, set(), {}
    for place in plan.get("holidays", []):
        country, _, region = place.partition("-")
        names[place] = regions(country).get(region, "")
        for year in span:
            for day, name in public_holidays(country, region, year, plan.get("language", "en")).items():
                found.setdefault(day.isoformat(), name)
            if plan.get("make_up"):
                made_up |= {day.isoformat() for day in make_up_days(country, region, year)}
    return {"holidays": found, "make_up": sorted(made_up), "regions": names}


def work_out(plan, public, feed_days, span):
    """The plan as `read_calendar` reads it, day by day for some years. `Refused` names what is wrong."""
    known("calendar", plan, FIELDS)
    hours = plan.get("hours")
    days = {"holidays": {}, "closed": {}, "special": {}}
    for day, name in public.get("holidays", {}).items():
        _put_holiday(days, day, name, plan.get("worked", {}).get(name))
    for day in public.get("make_up", []):
        _put(days, day, "", _first_hours(hours))
    for day, name in feed_days.items():
        _put(days, day, name, [])
    for index, entry in enumerate(plan.get("days", [])):
        for since, until in _spans(f"days[{index}]", entry, span):
            for day in _each(since, until):
                _put(days, day.isoformat(), entry.get("name", ""), entry.get("hours", []))
    weeks = [
        _week(entry, since, until)
        for index, entry in enumerate(plan.get("weeks", []))
        for since, until in _spans(f"weeks[{index}]", entry, span, endless=True)
    ]
    _no_two_at_once(weeks)
    return {"timezone": plan.get("timezone"), "hours": hours, "weeks": weeks, **days}


def _put_holiday(days, day, name, worked):
    if worked is None:
        days["holidays"][day] = name
    elif worked != USUAL:
        _put(days, day, name, worked)


def _put(days, day, name, hours):
    """Write a day down in place of what stood there."""
    for kind in days.values():
        kind.pop(day, None)
    if hours:
        days["special"][day] = {"name": name, "hours": hours}
    else:
        days["closed"][day] = name


def _first_hours(hours):
    """A weekend day that is worked has the hours of the week's first working day."""
    if not isinstance(hours, dict):
        return [["00:00", "24:00"]]
    return next((hours[day] for day in WEEKDAYS if hours.get(day)), [])


def _week(entry, since, until):
    said = {"name": entry.get("name", ""), "from": since.isoformat(), "hours": entry.get("hours")}
    return said | ({"to": until.isoformat()} if until else {})


def _spans(field, entry, span, endless=False):
    """From when to when an entry is, in each year if it comes every year."""
    known(field, entry, IN_A_WEEK)
    since = read_day(field, entry.get("from"))
    until = read_day(field, entry["to"]) if entry.get("to") else None if endless else since
    if until and until < since:
        raise Refused(field, N_("it ends before it begins"))
    if not entry.get("yearly"):
        if not endless and until - since > A_YEAR:
            raise Refused(field, N_("this is more than a year; write other hours instead"))
        return [(since, until)]
    if until is None or until - since > A_YEAR:
        raise Refused(field, N_("what comes every year needs an end within a year"))
    more = until.year - since.year
    return [(_in(year, since), _in(year + more, until)) for year in range(span[0] - 1, span[-1] + 1)]


def _in(year, day):
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


def _each(since, until):
    while since <= until:
        yield since
        since += ONE_DAY


def _no_two_at_once(weeks):
    ordered = sorted(weeks, key=lambda one: one["from"])
    for earlier, later in pairwise(ordered):
        if later["from"] <= earlier.get("to", "9999"):
            raise Refused(
                "weeks",
                N_("two different weeks overlap: {one} and {other}"),
                one=earlier["name"] or earlier["from"],
                other=later["name"] or later["from"],
            )


def read_day(field, said):
    """A day as JSON says it; `Refused` if it is none."""
    try:
        return date.fromisoformat(said)
    except (TypeError, ValueError):
        raise Refused(field, N_("{day} is not a day, such as 2026-12-25"), day=said) from None
