"""How one wishes to be told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ombud.foundation.notifications.kinds import KINDS


class WaysForm(forms.Form):
    """Every notice stands on the desk; some come by mail, too."""

    by_mail = forms.MultipleChoiceField(
        label=_("Send me a mail when"), required=False, widget=forms.CheckboxSelectMultiple
    )
    while_away = forms.BooleanField(
        label=_("Also while I am away"),
        required=False,
        help_text=_("Otherwise what happens during an absence waits for you on the desk."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["by_mail"].choices = [(kind.name, kind.meaning) for kind in KINDS.values()]
