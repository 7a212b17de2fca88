"""Customers, accounts, and lists of them."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.foundation.people.models import Account, AccountDomain, AccountSeat, CustomerAddress, Person
from ombud.foundation.people.queries import FREE_MAIL

from .fields import AddressField, LanguageField, ZoneField

_DOMAIN = re.compile(r"(?=.{3,253}\Z)[a-z0-9\u0080-\uffff-]+(\.[a-z0-9\u0080-\uffff-]+)+\Z")
MOST = 5 * 1024 * 1024  # bytes of a customer list: some fifty thousand lines


def _lines(text):
    return list(
        dict.fromkeys(line.strip().lower() for line in text.replace(",", "\n").splitlines() if line.strip())
    )


class CustomerForm(forms.Form):
    """What we know of a customer."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=160, required=False)
    email = AddressField(
        label=gettext_lazy("E-mail"), required=False, help_text=gettext_lazy("Answers go there.")
    )
    addresses = forms.CharField(
        label=gettext_lazy("Also writes from"),
        required=False,
        help_text=gettext_lazy("One address on each line."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    account = forms.CharField(
        label=gettext_lazy("Account"),
        required=False,
        help_text=gettext_lazy("The name of their company; it must be there already."),
        widget=forms.TextInput(attrs={"list": "accounts", "autocomplete": "off"}),
    )
    confirmed = forms.BooleanField(
        label=gettext_lazy("Confirmed contact of the account"),
        required=False,
        help_text=gettext_lazy("May join the tickets of their colleagues."),
    )
    sees_company = forms.BooleanField(
        label=gettext_lazy("Follows the requests of the whole account"),
        required=False,
        help_text=gettext_lazy(
            "On their own pages: every request of their colleagues, with all its messages."
        ),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    language = LanguageField(label=gettext_lazy("Writes in"), required=False, none=gettext_lazy("Not known"))
    time_zone = ZoneField(required=False)
    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only we read them."),
    )

    def __init__(self, *args, customer=None, **options):
        self.customer = customer
        if customer:
            fields = (
                "name",
                "email",
                "confirmed",
                "sees_company",
                "title",
                "phone",
                "language",
                "time_zone",
                "notes",
            )
            others = customer.addresses.exclude(address=customer.email).values_list("address", flat=True)
            options["initial"] = {name: getattr(customer, name) for name in fields}
            options["initial"]["addresses"] = "\n".join(others)
            options["initial"]["account"] = customer.account.name if customer.account else ""
        super().__init__(*args, **options)
        language = self.initial.get("language")
        if language and language not in dict(self.fields["language"].choices):
            self.fields["language"].choices = [*self.fields["language"].choices, (language, language)]

    def clean_account(self):
        name = self.cleaned_data["account"].strip()
        if not name:
            return None
        account = Account.objects.filter(name__iexact=name).order_by("pk").first()
        if account is None:
            raise ValidationError(_("There is no account with this name. Make it first, under Accounts."))
        return account

    def clean_email(self):
        email = self.cleaned_data["email"]
        self._free([email] if email else [])
        return email

    def clean_addresses(self):
        addresses = _lines(self.cleaned_data["addresses"])
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError:
                raise ValidationError(_("“%s” is not a mail address.") % address) from None
        self._free(addresses)
        return addresses

    def _free(self, addresses):
        taken = CustomerAddress.objects.filter(address__in=addresses).exclude(customer=self.customer)
        other = taken.select_related("customer").first()
        if other:
            raise ValidationError(
                _("%(address)s belongs to %(customer)s already.")
                % {"address": other.address, "customer": other.customer}
            )

    def clean(self):
        given = super().clean()
        if not any(given.get(field) for field in ("name", "email", "phone")) and not self.errors:
            raise ValidationError(_("Write a name, an address or a phone number."))
        return given


class AccountForm(forms.Form):
    """A company that is our customer, and who of ours looks after it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    tier = forms.ChoiceField(label=gettext_lazy("Tier"), choices=Account.Tier)
    revenue = forms.DecimalField(
        label=gettext_lazy("Revenue a year"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=gettext_lazy("Currency"),
        error_messages={"invalid": gettext_lazy("Write the currency’s three letters, such as EUR.")},
    )
    renews_on = forms.DateField(
        label=gettext_lazy("Renews on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    language = LanguageField(label=gettext_lazy("Language"), required=False, none=gettext_lazy("Not known"))
    time_zone = ZoneField(required=False)
    domains = forms.CharField(
        label=gettext_lazy("Mail domains"),
        required=False,
        help_text=gettext_lazy("One on each line. Whoever writes from there belongs to this account."),
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "example.com"}),
    )
    notes = forms.CharField(
        label=gettext_lazy("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, account=None, currency="EUR", **options):
        self.account = account
        options.setdefault("initial", {"currency": currency})
        seats = {}
        if account:
            fields = ("name", "tier", "currency", "renews_on", "language", "time_zone", "notes")
            options["initial"] = {name: getattr(account, name) for name in fields}
            options["initial"]["domains"] = "\n".join(account.domains.values_list("domain", flat=True))
            options["initial"]["revenue"] = account.revenue / 100 if account.revenue is not None else None
            seats = dict(account.seats.values_list("seat", "person"))
        super().__init__(*args, **options)
        for seat in AccountSeat.Seat:
            self.fields[f"seat_{seat.value}"] = forms.ModelChoiceField(
                label=seat.label,
                queryset=Person.objects.working(),
                required=False,
                empty_label=_("Nobody"),
                initial=seats.get(seat.value),
            )

    def clean_domains(self):
        domains = [domain.lstrip("@") for domain in _lines(self.cleaned_data["domains"])]
        for domain in domains:
            if not _DOMAIN.match(domain):
                raise ValidationError(
                    _("“%s” is not a mail domain. Write what stands behind the @.") % domain
                )
            if domain in FREE_MAIL:
                raise ValidationError(_("%s is a free mail service: its senders share no company.") % domain)
        other = AccountDomain.objects.filter(domain__in=domains).exclude(account=self.account).first()
        if other:
            raise ValidationError(
                _("%(domain)s belongs to %(account)s already.")
                % {"domain": other.domain, "account": other.account}
            )
        return domains

    def settings(self):
        """What keep_account takes; money in minor units."""
        given = dict(self.cleaned_data)
        given["seats"] = {seat.value: given.pop(f"seat_{seat.value}") for seat in AccountSeat.Seat}
        given["revenue"] = int(given["revenue"] * 100) if given["revenue"] is not None else None
        return given


class ListForm(forms.Form):
    """A customer list as a file."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"})
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST:
            raise ValidationError(_("This file is larger than 5 MB. Cut it into several."))
        return file


class SearchForm(forms.Form):
    """Finding customers and accounts."""

    q = forms.CharField(required=False, max_length=200)
    tier = forms.ChoiceField(required=False, choices=[("", ""), *Account.Tier.choices])
    account = forms.IntegerField(required=False)
    after = forms.CharField(required=False, max_length=400)
