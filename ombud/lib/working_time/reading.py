"""Calendars as JSON: what may stand there, and a sentence naming the field when something else does.

    {"timezone": "Europe/Madrid",
     "hours": {"mon": [["09:00", "12:00"], ["13:00", "17:30"]], "fri": [["22:00", "06:00"]]},   or "24x7"
     "weeks": [{"from": "2026-07-01", "to": "2026-08-31", "hours": {...}, "name": "Summer"}],
     "closed": ["2026-12-25"],                                         or {"2026-12-25": "Christmas"}
     "special": {"2026-12-24": [["09:00", "12:00"]]},                  or {"hours": [...], "name": "..."}
     "holidays": ["ES-MD"]}                                            or {"2026-12-25": "Christmas Day"}

Only `timezone` and `hours` must be there; a day that `hours` leaves out has none.
"""

from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from ombud.lib.working_time.calendar import ALWAYS, Calendar, Period
from ombud.lib.working_time.public import public_holidays
from ombud.lib.working_time.refusals import N_, Refused
from ombud.lib.working_time.times import read_intervals

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIELDS = ("timezone", "hours", "weeks", "closed", "special", "holidays", "name")
A_YEAR = 2026  # any will do to learn whether a country's holidays are known


def read_calendar(said):
    """The calendar that JSON (already a dict) describes; `Refused` names the field that is wrong."""
    known("calendar", said, FIELDS)
    holidays = said.get("holidays", [])
    written_out = isinstance(holidays, dict)
    return Calendar(
        timezone=_timezone(said.get("timezone")),
        hours=_week("hours", said.get("hours")),
        periods=_periods(said.get("weeks", [])),
        closed=_named_days("closed", said.get("closed", [])),
        special=_special(said.get("special", {})),
        holidays=() if written_out else _holidays(holidays),
        known_holidays=_named_days("holidays", holidays) if written_out else (),
    )


def known(field, said, fields):
    """That `said` is an object with no other fields: a word misspelt would silently not count."""
    if not isinstance(said, dict):
        raise Refused(field, N_("an object is needed, with the fields {fields}"), fields=_listed(fields))
    for name in said:
        if name not in fields:
            raise Refused(
                field, N_("there is no field {name}; there are {fields}"), name=name, fields=_listed(fields)
            )


def _listed(fields):
    return ", ".join(fields)


def _timezone(name):
    if not isinstance(name, str) or not name:
        raise Refused("timezone", N_("a time zone is needed, such as Europe/Madrid"))
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):  # unknown; not a name; the folder of a continent
        raise Refused("timezone", N_("there is no time zone {name}"), name=name) from None


def _week(field, said):
    if said == "24x7":
        return ALWAYS
    known(field, said, WEEKDAYS)
    return tuple(read_intervals(f"{field}.{day}", said.get(day, [])) for day in WEEKDAYS)


def _periods(said):
    if not isinstance(said, list):
        raise Refused("weeks", N_("a list is needed"))
    periods = [_period(f"weeks[{index}]", one) for index, one in enumerate(said)]
    inside = sorted(enumerate(periods), key=lambda one: one[1].since)
    for (one, earlier), (other, later) in pairwise(inside):
        if earlier.covers(later.since):
            raise Refused(f"weeks[{other}]", N_("it begins before {other} has ended"), other=f"weeks[{one}]")
    return tuple(periods)


def _period(field, said):
    known(field, said, ("from", "to", "hours", "name"))
    since = _day(f"{field}.from", said.get("from"))
    until = _day(f"{field}.to", said["to"]) if said.get("to") else None
    if until and until < since:
        raise Refused(field, N_("it ends before it begins"))
    return Period(
        since, until, _week(f"{field}.hours", said.get("hours")), _name(field, said.get("name", ""))
    )


def _named_days(field, said):
    if not isinstance(said, list | dict):
        raise Refused(field, N_("a list of days is needed, or days with their names"))
    named = said.items() if isinstance(said, dict) else ((day, "") for day in said)
    days = {_day(field, day): _name(f"{field}.{day}", name) for day, name in named}
    return tuple(sorted(days.items()))


def _special(said):
    if not isinstance(said, dict):
        raise Refused("special", N_("days with their hours are needed"))
    return tuple(sorted(_special_day(f"special.{day}", day, hours) for day, hours in said.items()))


def _special_day(field, day, said):
    name = ""
    if isinstance(said, dict):
        known(field, said, ("hours", "name"))
        said, name = said.get("hours"), _name(field, said.get("name", ""))
    return _day("special", day), read_intervals(field, said), name


def _holidays(said):
    if not isinstance(said, list):
        raise Refused("holidays", N_('a list is needed, such as ["ES-MD"]'))
    places = []
    for place in said:
        if not isinstance(place, str) or not place:
            raise Refused("holidays", N_("a country is needed, or a country and its region, such as ES-MD"))
        country, _, subdivision = place.partition("-")
        public_holidays(country, subdivision, A_YEAR)
        places.append((country, subdivision))
    return tuple(places)


def _day(field, said):
    try:
        return date.fromisoformat(said)
    except (TypeError, ValueError):
        raise Refused(field, N_("{day} is not a day, such as 2026-12-25"), day=said) from None


def _name(field, said):
    if not isinstance(said, str):
        raise Refused(field, N_("a name is a text"))
    return said
