"""Working time in the reader's language."""

from babel.dates import get_day_names
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from ombud.lib.working_time import WHY
from ombud.lib.working_time.reading import WEEKDAYS
from ombud.lib.working_time.wall import DAY_SECONDS

from .typed import shown_intervals

ALWAYS = ((0, DAY_SECONDS),)


def why(line):
    """Why a line of `explain_due` or `explain_between` counts or not: “public holiday: Epiphany”."""
    return _(WHY[line.why][bool(line.name)]).format(name=line.name)


def refusal(refused):
    """What working time says when it cannot answer, without the field."""
    return _(refused.sentence).format(**refused.gaps)


def weekdays(width="abbreviated"):
    """Monday to Sunday in the reader's language."""
    names = get_day_names(width, context="stand-alone", locale=to_locale(get_language() or "en"))
    return [names[index] for index in range(len(WEEKDAYS))]


def hours(week):
    """A week (of a `working_time.Calendar`) in a few words: “Mon–Thu 9:00–17:00 · Fri 9:00–14:00”."""
    if all(day == ALWAYS for day in week):
        return _("around the clock")
    names = weekdays()
    parts = [
        f"{_days(names, first, last)} {shown_intervals(week[first])}"
        for first, last in _runs(week)
        if week[first]
    ]
    return " · ".join(parts) or _("no hours")


def _runs(week):
    """Neighbouring days with the same hours, as (first, last)."""
    first = 0
    for index in range(1, len(week) + 1):
        if index == len(week) or week[index] != week[first]:
            yield first, index - 1
            first = index


def _days(names, first, last):
    return names[first] if first == last else f"{names[first]}–{names[last]}"
