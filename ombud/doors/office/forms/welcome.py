"""The first run, step by step."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ombud.foundation.people.models import Person

from .fields import AddressField, LanguageField, ZoneField


class YouForm(forms.Form):
    """Who will administer the desk."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    email = AddressField(label=_("Your e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least ten characters. A few words that only you would put together are best."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self):
        given = super().clean()
        if given.get("password"):
            try:
                person = Person(name=given.get("name", ""), email=given.get("email", ""))
                validate_password(given["password"], person)
            except ValidationError as weak:
                self.add_error("password", weak)
        return given


class DeskForm(forms.Form):
    """Whose desk it is."""

    name = forms.CharField(
        label=_("Company"),
        max_length=120,
        help_text=_("As your customers know it."),
        widget=forms.TextInput(attrs={"autocomplete": "organization", "autofocus": True}),
    )
    language = LanguageField(
        label=_("Language"), help_text=_("Of the company; each person chooses their own.")
    )
    time_zone = ZoneField(from_browser=True)
