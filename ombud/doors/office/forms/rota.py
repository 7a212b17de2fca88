"""Who is on duty in a team, on which weekdays, from when to when."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.foundation.clock import words
from ombud.foundation.people.models import Person

from .conditions import BoxesField

DAY = 24 * 60  # minutes
CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?")


class ClockField(forms.CharField):
    """A time of the day as minutes after midnight: 9, 9:00, 17.30, 24:00."""

    def __init__(self, **options):
        attrs = {"autocomplete": "off", "inputmode": "numeric", "placeholder": options.pop("placeholder", "")}
        super().__init__(max_length=5, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value):
        found = CLOCK.fullmatch(super().clean(value))
        hours, minutes = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        if minutes > 59 or hours * 60 + minutes > DAY:
            raise ValidationError(_("Write a time like 9:00 or 22:00."))
        return hours * 60 + minutes


class DutyForm(forms.Form):
    """Somebody on duty; an end at or before the start lies on the next day."""

    person = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Who"))
    weekdays = BoxesField(gettext_lazy("On"), ())
    starts = ClockField(label=gettext_lazy("From"), placeholder="9:00")
    ends = ClockField(label=gettext_lazy("Until"), placeholder="17:00")

    def __init__(self, *args, team, **options):
        super().__init__(*args, **options)
        self.fields["person"].queryset = Person.objects.working().order_by("name")
        self.fields["person"].help_text = _("Who is in the team, or anybody who stands in for it.")
        self.fields["weekdays"].choices = list(enumerate(words.weekdays("wide")))
        self.initial.setdefault("person", team.members.filter(is_active=True).order_by("name").first())

    def clean_weekdays(self):
        return [int(day) for day in self.cleaned_data["weekdays"]]

    def clean(self):
        given = super().clean()
        if given.get("starts") == DAY:
            self.add_error("starts", _("Write a time like 9:00 or 22:00."))
        elif "starts" in given and "ends" in given and given["ends"] <= given["starts"]:
            given["ends"] += DAY
        return given
