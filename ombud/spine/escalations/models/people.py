"""Who has a part in an escalation, on our side and on the customer's (M20, M31)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ombud.foundation.people.models import Customer

from .escalations import Escalation


class Stakeholder(models.Model):
    """One of ours, as what, and what is expected of them; `confirmed_at` when they said that they have it."""

    class Role(models.TextChoices):
        TECHNICAL = "technical", _("Owns the fix")
        LEAD = "lead", _("Lead")
        CSM = "csm", _("Customer success manager")
        AE = "ae", _("Account executive")
        TAM = "tam", _("Technical account manager")
        SPONSOR = "sponsor", _("Executive sponsor")
        INFORMED = "informed", _("Is kept informed")

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="stakeholders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="stakes")
    role = models.CharField(max_length=10, choices=Role)
    told_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["told_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["escalation", "person"], name="one_stake_per_escalation")
        ]


class Contact(models.Model):
    """Somebody on the customer's side, and as what."""

    class Role(models.TextChoices):
        REQUESTER = "requester", _("Requester")
        TECHNICAL = "technical", _("Technical contact")
        BUYER = "buyer", _("Buyer")
        SPONSOR = "sponsor", _("Their sponsor")

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="contacts")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["escalation", "customer"], name="one_contact_per_escalation")
        ]
