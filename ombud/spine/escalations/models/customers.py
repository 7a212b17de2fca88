"""The customer's own part: the link to their room, how it is going for them, and when they ask for more."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ombud.foundation.people.models import Account, Customer
from ombud.spine.tickets.models import Ticket

from .escalations import Escalation, Reason


class Pass(models.Model):
    """A link to what we do about one ticket, for one customer; `customer` None: for all in its thread.

    It names no escalation: while the ticket belongs to one, the link leads to the escalation's room. It ends
    by itself, and can be revoked.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="passes")
    customer = models.ForeignKey(Customer, models.CASCADE, null=True, related_name="passes")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True, help_text="Last")

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "customer"],
                name="one_pass_each",
                condition=Q(revoked_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["ticket"],
                name="one_pass_for_all",
                condition=Q(revoked_at__isnull=True, customer__isnull=True),
            ),
        ]


class Pulse(models.Model):
    """How the customer says that it is going, from 1 to 10, with words (M37). At most `BAD` is bad."""

    BAD = 4

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="pulses")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=10), name="pulse_from_1_to_10")
        ]

    @property
    def is_bad(self):
        return self.score <= self.BAD


class Asking(models.Model):
    """That a customer asks for an escalation, or for somebody higher (M19); `quote` are the words they used.

    It is open until somebody raises one, or says why not.
    """

    class How(models.TextChoices):
        ROOM = "room", _("In their room")
        LINK = "link", _("By the link in a mail")
        WORDS = "words", _("In words")

    class Outcome(models.TextChoices):
        RAISED = "raised", _("Escalated")
        CLIMBED = "climbed", _("Somebody higher was told")
        DISMISSED = "dismissed", _("It was none")

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="askings")
    customer = models.ForeignKey(Customer, models.CASCADE, null=True, related_name="+")
    escalation = models.ForeignKey(Escalation, models.CASCADE, null=True, related_name="askings")
    how = models.CharField(max_length=8, choices=How)
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    quote = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], name="one_asking_at_a_time", condition=Q(settled_at__isnull=True)
            )
        ]


class RaisedAtOnce(models.Model):
    """An account whose word is enough: when one of its people asks for an escalation, it is one."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="raised_at_once")
