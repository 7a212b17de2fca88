"""The customers' people, and the companies they belong to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ombud.foundation.events.models import Case

from .ours import Person


class Account(models.Model):
    """A company that is our customer."""

    class Tier(models.TextChoices):
        STANDARD = "standard", _("Standard")
        SILVER = "silver", _("Silver")
        GOLD = "gold", _("Gold")
        PLATINUM = "platinum", _("Platinum")

    case = models.OneToOneField(Case, models.PROTECT, related_name="account")
    name = models.CharField(max_length=160)
    tier = models.CharField(max_length=10, choices=Tier, default=Tier.STANDARD)
    revenue = models.BigIntegerField(null=True, help_text="Yearly, in minor units of the currency")
    currency = models.CharField(max_length=3, default="EUR")
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    notes = models.TextField(blank=True)
    renews_on = models.DateField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class AccountSeat(models.Model):
    """Who of ours looks after an account, and as what."""

    class Seat(models.TextChoices):
        CSM = "csm", _("Customer success manager")
        AE = "ae", _("Account executive")
        TAM = "tam", _("Technical account manager")

    account = models.ForeignKey(Account, models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, models.CASCADE, related_name="seats")
    seat = models.CharField(max_length=4, choices=Seat)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "seat"], name="one_person_per_seat")]


class AccountDomain(models.Model):
    """One mail domain of an account, to be found by a sender's address."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253, unique=True)


class Customer(models.Model):
    """A person on the customer's side. `email` is the one we write to; `addresses` are all we know."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="customer")
    account = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="customers")
    confirmed = models.BooleanField(default=False, help_text="A contact of the account, by our own word")
    sees_company = models.BooleanField(
        default=False, help_text="Follows all requests of the account on the customers' pages"
    )
    name = models.CharField(max_length=160, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    notes = models.TextField(blank=True)
    blocked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    def __str__(self):
        return self.name or self.email or self.phone

    class Meta:
        indexes = [models.Index(fields=["name"], name="customer_name")]


class CustomerAddress(models.Model):
    """A mail address of a customer, in lower case; one person may have several."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="addresses")
    address = models.CharField(max_length=254, unique=True)
