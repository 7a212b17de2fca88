"""How a promised time is counted in a calendar: the days as bars, and line by line."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ombud.doors.office.forms.calendars import said
from ombud.doors.office.forms.trying import FORMAT, MomentField, answer
from ombud.foundation.clock import words
from ombud.foundation.clock.queries import calendars, working_time_of
from ombud.lib.working_time import Refused
from ombud.spine.sla import durations
from ombud.spine.tickets.models import Priority

TO_BEGIN_WITH = 4 * durations.HOUR


class CountForm(forms.Form):
    """When something arrives, what is promised, and by which calendar it is counted."""

    calendar = forms.ChoiceField(label=_("Counted in"))
    start = MomentField(label=_("Try: arrives"))
    span = forms.CharField(label=_("promised in"), max_length=40)

    def __init__(self, asked, rows, chosen, now):
        self.rows = {str(row.pk): row for row in rows}
        picked = asked.get("count-calendar") or str(chosen or rows[0].pk)
        self.row = self.rows.get(picked, rows[0])
        self.calendar = working_time_of(self.row)
        start = asked.get("count-start") or _whole_minutes(now, self.calendar.zone)
        given = {
            "count-calendar": str(self.row.pk),
            "count-start": start,
            "count-span": asked.get("count-span") or durations.in_hours(TO_BEGIN_WITH),
        }
        super().__init__(given, prefix="count")
        self.fields["calendar"].choices = [(pk, row.name) for pk, row in self.rows.items()]

    def clean_span(self):
        lengths = durations.lengths_of(self.calendar)
        try:
            duration = durations.read(self.cleaned_data["span"], lengths)
        except durations.NotUnderstood:
            duration = None
        if duration is None:
            raise ValidationError(_("Write it like 30 min, 4 h, 2 days or 1 d 4 h."))
        return duration.seconds(lengths)

    def clean(self):
        return super().clean() | {"until": None}


def _whole_minutes(now, zone):
    local = now.astimezone(zone)
    return local.replace(minute=local.minute // 5 * 5, second=0).strftime(FORMAT)


def counting(asked, terms, now):
    """What the page needs to draw an answer; `trouble` says why there is none."""
    rows = list(calendars())
    form = CountForm(asked, rows, _usual(terms, rows), now)
    context = {
        "count_form": form,
        "count_row": form.row,
        "count_hours": words.hours(form.calendar.hours),
    }
    if form.is_valid():
        try:
            context["answer"] = answer(form, form.calendar, now)
        except Refused as refused:
            form.add_error(None, said(refused))
    return context


def _usual(terms, rows):
    """The calendar by which most is counted; rather one that closes at times: it shows more."""
    counted = [target.calendar for p in Priority.values for target in terms.of(p).values() if target.calendar]
    known = {row.pk: row for row in rows}
    counted = [pk for pk in counted if pk in known]
    closing = [pk for pk in counted if durations.lengths_of(working_time_of(known[pk])).week < durations.WEEK]
    return max(closing or counted, key=counted.count, default=None)
