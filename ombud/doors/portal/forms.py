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


def key_field():
    """A form's own key, so that sending it twice is one message."""
    return forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, initial=lambda: secrets.token_hex(12)
    )


def refuse(form, refused):
    """Say what was refused at the fields that it is about, and the rest above the form."""
    if hasattr(refused, "error_dict"):
        for field, errors in refused.error_dict.items():
            form.add_error(field if field in form.fields else None, errors)
    else:
        form.add_error(None, refused)


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
    key = key_field()


class ReplyForm(forms.Form):
    """Another word in a request."""

    text = forms.CharField(
        label=gettext_lazy("Your message"), max_length=50_000, widget=forms.Textarea(attrs={"rows": 5})
    )
    files = FilesField(label=gettext_lazy("Files"), required=False)
    key = key_field()


class NewRequestForm(ReplyForm):
    """A request of somebody whom we know."""

    field_order = ("subject", "text", "severity", "files", "key")

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


class LinkForm(forms.Form):
    """Whom to mail a link."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class PasswordForm(forms.Form):
    """Address and password."""

    address = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPasswordForm(forms.Form):
    """A password to come in with next time."""

    password = forms.CharField(
        label=gettext_lazy("A new password"),
        strip=False,
        max_length=200,
        help_text=gettext_lazy("At least ten characters; several words are easiest to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
