"""A question to a calendar: from when, and how much working time or until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy

from ombud.foundation.clock import drawn, pictures, typed
from ombud.foundation.clock.words import sentence
from ombud.lib.working_time import Refused, explain_between, explain_due
from ombud.lib.working_time.wall import instant_of, time_of

FORMAT = "%Y-%m-%dT%H:%M"
MOST = timedelta(days=400)  # an account of more than a year is nothing to read
STEP = 300  # seconds


class MomentField(forms.CharField):
    """A time on the calendar's clock."""

    def __init__(self, **options):
        super().__init__(widget=forms.TextInput(attrs={"type": "datetime-local"}), **options)

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            return datetime.fromisoformat(value).replace(tzinfo=None)
        except ValueError:
            raise ValidationError(gettext_lazy("This is not a time.")) from None


class SpanField(forms.CharField):
    """A duration, “4 h”, in seconds."""

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            return typed.read_span("span", value)
        except Refused as refused:
            raise ValidationError(sentence(refused)) from None


class TryForm(forms.Form):
    """From when, and either a duration or an end."""

    start = MomentField(label=gettext_lazy("It begins"))
    span = SpanField(label=gettext_lazy("promised in"), required=False, max_length=20)
    until = MomentField(label=gettext_lazy("or until"), required=False)

    def __init__(self, data, zone, now):
        local = now.astimezone(zone)
        now = local - timedelta(seconds=local.timestamp() % STEP)
        asked = {name: data.get(f"try-{name}", "") for name in ("start", "span", "until")}
        if not asked["start"]:
            asked["start"] = now.strftime(FORMAT)
        if not asked["span"] and not asked["until"]:
            asked["span"] = "4 h"
        super().__init__({f"try-{name}": value for name, value in asked.items()}, prefix="try")


@dataclass
class Answer:
    """What the calendar says: when it is due or how much was worked, why, and the days as bars."""

    start: datetime
    due: datetime
    due_words: str
    is_elsewhere: bool  # the reader's clock shows another time
    seconds: float
    asks_until: bool
    lines: list
    week: list


def answer(form, calendar, now):
    """The answer to a question that was understood. Raises Refused."""
    given = form.cleaned_data
    start = _on_the_clock(given["start"], calendar)
    if given["until"]:
        due = _on_the_clock(given["until"], calendar)
        if due - start > MOST:
            raise Refused("until", gettext_lazy("ask for a year at most"))
        lines = explain_between(calendar, start, due)
    else:
        due, lines = explain_due(calendar, start, given["span"])
    first, count = pictures.days_around(calendar, start, due)
    today = now.astimezone(calendar.zone).date()
    return Answer(
        start=start,
        due=due,
        due_words=drawn.clock_time(due.astimezone(calendar.zone)),
        is_elsewhere=due.astimezone(calendar.zone).utcoffset() != timezone.localtime(due).utcoffset(),
        seconds=sum(line.seconds for line in lines if line.counted),
        asks_until=bool(given["until"]),
        lines=drawn.account(lines),
        week=drawn.week(calendar, first, count, today, start, due),
    )


def _on_the_clock(moment, calendar):
    # A time that the clock skipped is taken as far after the jump, one that comes twice is the first.
    return time_of(instant_of(moment.replace(tzinfo=calendar.zone)), calendar.zone)
