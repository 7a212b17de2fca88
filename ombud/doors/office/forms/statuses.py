"""Saying how it stands, and when one may be asked."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.features.quiet_status.models import LINE, MOST, Kind
from ombud.foundation.clock import words
from ombud.foundation.clock.typed import read_typed, shown
from ombud.lib.working_time import Refused

from .conditions import BoxesField
from .rota import ClockField

APART = (",", ";", "，", "；", "、")


class AnswerForm(forms.Form):
    """One tap, and a line if one wishes. A new time comes with the time."""

    kind = forms.ChoiceField(
        choices=Kind.choices, error_messages={"required": gettext_lazy("Choose one of the four.")}
    )
    line = forms.CharField(max_length=LINE, required=False)
    eta = forms.DateTimeField(
        required=False,
        error_messages={"invalid": gettext_lazy("Write a day and a time.")},
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )


class TimesField(forms.CharField):
    """Times of the day, “10:00, 16:00”, as minutes after midnight."""

    def clean(self, value):
        said = super().clean(value)
        for mark in APART:
            said = said.replace(mark, " ")
        return sorted({ClockField().clean(one) for one in said.split()})


class FocusField(forms.CharField):
    """Intervals of the day, “13:00–15:30”, as a calendar writes them."""

    def clean(self, value):
        try:
            return read_typed("focus", super().clean(value))
        except Refused as refused:
            raise ValidationError(words.sentence(refused)) from None


class WishesForm(forms.Form):
    """When one may be asked how it stands."""

    FIELDS = ("times", "weekdays", "day_from", "day_until", "focus", "budget", "by_mail")

    times = TimesField(
        label=gettext_lazy("Ask me at"),
        widget=forms.TextInput(attrs={"placeholder": "10:00, 16:00", "autocomplete": "off"}),
        help_text=gettext_lazy("Everything that you are asked comes together then: one notice, one mail."),
    )
    weekdays = BoxesField(gettext_lazy("On"), ())
    by_mail = forms.BooleanField(
        label=gettext_lazy("Also by mail"),
        required=False,
        help_text=gettext_lazy("With four answers to tap; it works without signing in."),
    )
    day_from = ClockField(label=gettext_lazy("I work from"), placeholder="9:00")
    day_until = ClockField(label=gettext_lazy("Until"), placeholder="18:00")
    focus = FocusField(
        label=gettext_lazy("Focus hours"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "13:00–15:30", "autocomplete": "off"}),
        help_text=gettext_lazy("Nobody interrupts you then. Several are written one after the other."),
    )
    budget = forms.IntegerField(
        label=gettext_lazy("Interruptions a day"),
        min_value=0,
        max_value=MOST,
        help_text=gettext_lazy("Between your times, when an answer would come too late otherwise."),
    )

    def __init__(self, *args, wishes, **options):
        super().__init__(*args, initial=_typed(wishes), **options)
        self.fields["weekdays"].choices = list(enumerate(words.weekdays("wide")))

    def clean_weekdays(self):
        return sorted(int(day) for day in self.cleaned_data["weekdays"])

    def clean_times(self):
        if not self.cleaned_data["times"]:
            raise ValidationError(_("Write at least one time, such as 10:00."))
        return self.cleaned_data["times"]


def _typed(wishes):
    """The wishes as fields show them."""
    return {
        "times": ", ".join(clock(minute) for minute in sorted(wishes.times)),
        "weekdays": [str(day) for day in wishes.weekdays],
        "day_from": clock(wishes.day_from),
        "day_until": clock(wishes.day_until),
        "focus": shown(wishes.focus),
        "budget": wishes.budget,
        "by_mail": wishes.by_mail,
    }


def clock(minute):
    """Minutes after midnight as a clock says them."""
    return f"{minute // 60}:{minute % 60:02}"
