"""Working time in the reader's language."""

import json

from babel.dates import get_day_names
from django.utils.translation import gettext as _

from ombud.lib.working_time import WHY, Refused
from ombud.lib.working_time.reading import WEEKDAYS
from ombud.lib.working_time.wall import DAY_SECONDS
from ombud.ui.locales import reader_locale

from .typed import shown_intervals

ALWAYS = ((0, DAY_SECONDS),)


def why(line):
    """Why a line of `explain_due` or `explain_between` counts or not: “public holiday: Epiphany”."""
    return _(WHY[line.why][bool(line.name)]).format(name=line.name)


def refusal(refused):
    """What working time says when it cannot answer, without the field."""
    return _(refused.sentence).format(**refused.gaps)


def sentence(refused):
    """The same as a form says it."""
    said = refusal(refused)
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "。")) else ".")


def keep(refused):
    """A refusal as text that can be stored, to be said later to a reader of any language."""
    gaps = {name: str(value) for name, value in refused.gaps.items()}
    return json.dumps({"sentence": refused.sentence, "gaps": gaps}, ensure_ascii=False)


def kept(text):
    """What was stored by `keep`, as a sentence in the reader's language; nothing for nothing."""
    said = json.loads(text) if text else None
    return sentence(Refused("", said["sentence"], **said["gaps"])) if said else ""


def weekdays(width="abbreviated"):
    """Monday to Sunday in the reader's language."""
    names = get_day_names(width, locale=reader_locale())
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


def hours_of_day(intervals):
    """A day's intervals in words; nothing for none."""
    return shown_intervals(intervals) if intervals else ""


def place(code, region_names):
    """A country, or a country's region, in the reader's language: “Spain · Madrid”."""
    country, _dash, region = code.partition("-")
    named = reader_locale().territories.get(country, country)
    return f"{named} · {region_names.get(code) or region}" if region else named
