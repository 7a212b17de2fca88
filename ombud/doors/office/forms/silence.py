"""What it means when a customer does not answer."""

from django import forms
from django.utils.translation import gettext_lazy

from ombud.spine.escalations.models import Silence

DAY = 86_400


class SilenceForm(forms.Form):
    """In days, as people say them; `settings` are seconds."""

    remind_days = forms.IntegerField(
        label=gettext_lazy("They are asked again after"),
        min_value=1,
        max_value=30,
        help_text=gettext_lazy("Days since the solution was offered. Once, in their thread."),
    )
    until_days = forms.IntegerField(
        label=gettext_lazy("Their silence is read after"),
        min_value=2,
        max_value=90,
        help_text=gettext_lazy("Days since the solution was offered."),
    )
    then = forms.ChoiceField(
        label=gettext_lazy("Then"), choices=Silence.Then.choices, widget=forms.RadioSelect
    )

    @classmethod
    def of(cls, data, silence):
        """The form with what holds now."""
        initial = {
            "remind_days": silence.remind_after // DAY,
            "until_days": silence.until // DAY,
            "then": silence.then,
        }
        return cls(data, initial=initial)

    def settings(self):
        """As the verb takes them."""
        said = self.cleaned_data
        return {
            "remind_after": said["remind_days"] * DAY,
            "until": said["until_days"] * DAY,
            "then": said["then"],
        }
