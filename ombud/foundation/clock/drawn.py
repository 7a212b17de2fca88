"""Pictures and accounts of working time in the reader's language, as ui's macros draw them."""

from collections import Counter
from itertools import pairwise

from babel.dates import format_date, format_skeleton, get_month_names
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ombud.ui.locales import reader_locale
from ombud.ui.times import span
from ombud.ui.values import comma

from . import pictures, words

WEEK = pictures.WEEK


def weekday_and_day(day):
    """“Thu 19 Nov”."""
    return format_skeleton("MMMEd", day, locale=reader_locale())


def clock_time(at):
    """“Thu 19 Nov, 14:36” on the clock that `at` carries."""
    return f"{weekday_and_day(at.date())}, {at:%H:%M}"


def week(calendar, first, count, today, start=None, due=None):
    """The lines of ui.week: `count` days from `first`."""
    return [
        {
            "label": format_skeleton("Ed", line.day, locale=reader_locale()),
            "today": line.day == today,
            "open": line.open,
            "spent": [(a, b, span(seconds)) for a, b, seconds in line.spent],
            "arrives": line.arrives,
            "due": line.due,
            "words": "" if line.open else why_closed(line.why, line.name),
            "total": span(line.seconds) if line.seconds else "",
        }
        for line in pictures.day_lines(calendar, first, count, start, due)
    ]


def why_closed(kind, name):
    """Why nothing is worked on a day, in a word or by its name."""
    if name:
        return name
    return {"holiday": _("public holiday"), "closed": _("closed all day")}.get(kind, _("no hours"))


def year(calendar, today):
    """The arguments of ui.year, from this week on, and the days that differ, one by one."""
    found = pictures.squares(calendar, today)
    return {
        "squares": [_square(one, today) for one in found],
        "months": _months(found),
        "weekdays": words.weekdays(),
        "label": _summary(found),
        "differ": [
            {
                "day": one.day,
                "words": why_closed(one.kind, one.name) if one.kind != "special" else one.name,
                "hours": words.hours_of_day(calendar.plan(one.day).intervals),
                "kind": one.kind,
            }
            for one in found
            if one.kind in ("holiday", "closed", "special") and one.day >= today
        ],
    }


def _square(one, today):
    named = [one.name or KINDS[one.kind]()] if one.kind in KINDS else []
    if one.clock_changes:
        named.append(_("the clock changes"))
    title = f"{weekday_and_day(one.day)}: {comma().join(named)}" if named else ""
    return {
        "kind": one.kind,
        "title": title,
        "today": one.day == today,
        "past": one.day < today,
        "clock": one.clock_changes,
    }


KINDS = {
    "holiday": lambda: _("public holiday"),
    "closed": lambda: _("closed all day"),
    "special": lambda: _("special hours"),
}


def _months(found):
    """(column, name) of each month, where there is room for its name."""
    columns = [one.day for one in found[:: pictures.WEEK]]
    # Babel mixes up the languages of months that stand alone, once it has spoken Chinese.
    names = get_month_names("abbreviated", locale=reader_locale())
    starts = [(0, names[columns[0].month])] + [
        (index, names[after.month])
        for index, (before, after) in enumerate(pairwise(columns), start=1)
        if before.month != after.month
    ]
    return [one for one, later in pairwise([*starts, (len(columns) + 1, "")]) if later[0] - one[0] > 1]


def _summary(found):
    many = Counter(one.kind for one in found)
    said = [
        ngettext("%(num)s working day", "%(num)s working days", many["work"]) % {"num": many["work"]},
    ]
    if many["holiday"]:
        said.append(
            ngettext("%(num)s public holiday", "%(num)s public holidays", many["holiday"])
            % {"num": many["holiday"]}
        )
    if many["closed"]:
        said.append(
            ngettext("%(num)s closed day", "%(num)s closed days", many["closed"]) % {"num": many["closed"]}
        )
    if many["special"]:
        said.append(
            ngettext(
                "%(num)s day with hours of its own", "%(num)s days with hours of their own", many["special"]
            )
            % {"num": many["special"]}
        )
    changes = [format_date(one.day, "long", locale=reader_locale()) for one in found if one.clock_changes]
    if changes:
        said.append(_("the clock changes on %(days)s") % {"days": comma().join(changes)})
    return " · ".join(said)


def account(lines):
    """An explanation line by line, on the calendar's clock: [{when, why, span, counted}]."""
    return [
        {
            "from": clock_time(line.start),
            "until": f"{line.end:%H:%M}" if line.end.date() == line.start.date() else clock_time(line.end),
            "why": words.why(line),
            "span": span(line.seconds),
            "counted": line.counted,
        }
        for line in lines
    ]
