"""Fields that several forms share."""

import zoneinfo

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def own_names():
    """Every language by its own name: a reader of Chinese finds 简体中文 on an English page."""
    return [(code, capfirst(LANG_INFO[code]["name_local"])) for code, _name in settings.LANGUAGES]


class LanguageField(forms.ChoiceField):
    """One of the languages of the product; with `none`, the words for leaving it open."""

    def __init__(self, *, none=None, **options):
        super().__init__(choices=[*([("", none)] if none else []), *own_names()], **options)


class ZoneField(forms.CharField):
    """A time zone by its name. The browser suggests all of them, and its own where nothing stands yet."""

    def __init__(self, *, from_browser=False, **options):
        attrs = {
            "list": "zones",
            "autocomplete": "off",
            "spellcheck": "false",
            "placeholder": "Europe/Madrid",
        }
        if from_browser:
            attrs["data-from-browser"] = "zone"
        options.setdefault("label", gettext_lazy("Time zone"))
        super().__init__(max_length=60, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value):
        value = super().clean(value)
        if value and value not in zoneinfo.available_timezones():
            raise ValidationError(
                _("We do not know this time zone. Write it like Europe/Amsterdam or Asia/Shanghai.")
            )
        return value


class AddressField(forms.EmailField):
    """A mail address, in small letters."""

    def clean(self, value):
        return super().clean(value).lower()


class SecretField(forms.CharField):
    """A password that is stored: never shown again, and kept when nothing is written."""

    def __init__(self, *, is_kept=False, **options):
        words = gettext_lazy("stored; write a new one to replace it") if is_kept else ""
        attrs = {"autocomplete": "new-password", "placeholder": words}
        super().__init__(
            widget=forms.PasswordInput(attrs=attrs, render_value=False),
            required=False,
            strip=False,
            **options,
        )
