"""The company, oneself, and machines."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ombud.foundation.people.models import Person

from .fields import LanguageField, ZoneField


class CompanyForm(forms.Form):
    """Whose desk it is."""

    FIELDS = ("name", "language", "time_zone", "currency", "address")

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Customers read it in every mail."))
    language = LanguageField(label=_("Language"), help_text=_("For what nobody has chosen a language for."))
    time_zone = ZoneField()
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=_("Currency"),
        help_text=_("Three letters, such as EUR, USD or CNY."),
        error_messages={"invalid": _("Write the currency’s three letters, such as EUR.")},
    )
    address = forms.URLField(
        label=_("Address of this desk"),
        required=False,
        assume_scheme="https",
        help_text=_("Links in mails begin with it, for example https://support.example.com."),
    )


class MeForm(forms.Form):
    """What everybody sets for themselves."""

    FIELDS = ("name", "phone", "language", "time_zone", "signature")

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Customers read it under your answers.")
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    language = LanguageField(label=_("Language"), required=False, none=_("As my browser says"))
    time_zone = ZoneField(required=False)
    signature = forms.CharField(
        label=_("Signature"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Under every answer of yours. Without one, your name stands there."),
    )


class TokenForm(forms.Form):
    """Access for a machine."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": _("Shop, status page …")}),
    )
    person = forms.ModelChoiceField(
        label=_("Acts as"),
        queryset=Person.objects.working(),
        required=False,
        empty_label=_("Itself: may do what an administrator may"),
        help_text=_("It sees and may do what this person may."),
    )
