"""What a customer fills in."""

import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.spine.tickets.models import Level

MOST_FILES = 10
MOST_BYTES = 20 * 1024 * 1024  # of all files together, as much as most mail servers carry

HOW_BADLY = (
    (Level.CRITICAL, gettext_lazy("Everything stands still, or our own customers suffer")),
    (Level.HIGH, gettext_lazy("Important work stands still")),
    (Level.MEDIUM, gettext_lazy("It gets in the way, but we can work")),
    (Level.LOW, gettext_lazy("It is a question, or a wish")),
)


class Files(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; a list."""

    widget = Files

    def clean(self, data, initial=None):
        given = [super(FilesField, self).clean(file, initial) for file in data or []]
        if len(given) > MOST_FILES:
            raise ValidationError(_("At most %s files, please.") % MOST_FILES)
        if sum(file.size for file in given) > MOST_BYTES:
            raise ValidationError(
                _("These files are larger than 20 MB together. Send some of them by mail later.")
            )
        return given


class ContactForm(forms.Form):
    """A message to us. `website` is a trap: no person sees it."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        help_text=gettext_lazy("We answer there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    subject = forms.CharField(label=gettext_lazy("What is it about?"), max_length=300)
    text = forms.CharField(
        label=gettext_lazy("What happened?"),
        max_length=50_000,
        help_text=gettext_lazy("What did you do, what did you see, what should have happened?"),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("How badly does this hit your work?"),
        choices=HOW_BADLY,
        required=False,
        widget=forms.RadioSelect,
    )
    files = FilesField(
        label=gettext_lazy("Files"),
        required=False,
        help_text=gettext_lazy("Pictures of the screen help most."),
    )
    website = forms.CharField(required=False)
    key = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, initial=lambda: secrets.token_hex(12)
    )
