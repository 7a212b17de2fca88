"""The escalation itself, and the tickets that belong to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ombud.foundation.clock.due import DueQuerySet
from ombud.foundation.events.models import Case
from ombud.foundation.people.models import Account, Customer, Team
from ombud.spine.tickets.models import Level, Priority, Ticket

FIRST = 101


class Reason(models.TextChoices):
    """Why somebody escalates (M17). Inside words: a customer never reads them."""

    IMPACT = "impact", _("Severe impact")
    HANDLED_BADLY = "handled_badly", _("Handled badly")
    TOO_SLOW = "too_slow", _("Not escalated fast enough")
    UNHEARD = "unheard", _("Felt unheard")
    NO_CALL = "no_call", _("No call back or reply as promised")
    EXPERTISE = "expertise", _("Expertise needed")
    EXECUTIVE = "executive", _("Executive")


class How(models.TextChoices):
    """Who or what raised it (M18)."""

    AGENT = "agent", _("One of ours")
    RULE = "rule", _("A rule")
    LADDER = "ladder", _("A ladder")
    CUSTOMER = "customer", _("The customer")


class Stage(models.TextChoices):
    """The last stage that was reached (M61)."""

    RECEIVED = "received", _("Received")
    INVESTIGATED = "investigated", _("Investigated")
    RESOLVED = "resolved", _("Resolved")
    REVIEWED = "reviewed", _("Reviewed")


class UpdateQuerySet(DueQuerySet):
    due_field = "fires_at"

    def open(self):
        """Those that are not over."""
        return self.filter(closed_at=None)


class Escalation(models.Model):
    """One escalation. People know it by its number: E-101.

    While it is open exactly one of these is set, by a constraint of the database (P1): `next_update_at`, by
    when the customer hears from us, or `waived_until`, with who approved it and why. `fires_at` is when
    something is next to be done by itself: a warning, being late, the end of a waiver. `late_at` is the due
    time that was missed, until an update goes out. Money `at_risk` is in minor units.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="escalation")
    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=200)
    reason = models.CharField(max_length=16, choices=Reason)
    how = models.CharField(max_length=10, choices=How)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    raised_at = models.DateTimeField()
    severity = models.CharField(max_length=8, choices=Level)
    urgency = models.CharField(max_length=8, choices=Level)
    priority = models.CharField(max_length=2, choices=Priority)
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="escalations")
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="escalations")
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="escalations"
    )
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+", db_index=False)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.RECEIVED)

    impact = models.TextField(blank=True, help_text="On the customer's business, in words")
    at_risk = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="EUR")
    understood = models.TextField(blank=True, help_text="What we understood")
    needs = models.TextField(blank=True, help_text="What we need from the customer, in words for them")
    workaround = models.TextField(blank=True)
    fix = models.TextField(blank=True)
    do_say = models.TextField(blank=True)
    do_not_say = models.TextField(blank=True)

    next_update_at = models.DateTimeField(null=True)
    cadence = models.PositiveIntegerField(null=True, help_text="Seconds, when not the severity's own")
    late_at = models.DateTimeField(null=True)
    near_told = models.BooleanField(default=False)
    fires_at = models.DateTimeField(null=True)
    waived_until = models.DateTimeField(null=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    waived_why = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=300, blank=True)

    tickets = models.ManyToManyField(Ticket, through="Involved", related_name="escalations")

    objects = UpdateQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["fires_at", "id"], name="escalation_fires", condition=Q(fires_at__isnull=False)
            ),
            models.Index(
                fields=["next_update_at", "id"], name="escalation_open", condition=Q(closed_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="always_an_update_due",
                condition=Q(closed_at__isnull=False)
                | Q(next_update_at__isnull=False, waived_until__isnull=True)
                | Q(next_update_at__isnull=True, waived_until__isnull=False, waived_why__gt=""),
            )
        ]

    def __str__(self):
        return f"E-{self.number}"

    @property
    def is_open(self):
        return self.closed_at is None


class Involved(models.Model):
    """That a ticket belongs to an escalation; to one open escalation at a time."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="involved")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="involved")
    is_main = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-is_main", "joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], name="in_one_escalation", condition=Q(left_at__isnull=True)
            )
        ]
