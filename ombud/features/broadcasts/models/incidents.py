"""What went wrong, and whom it hits."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ombud.foundation.clock.due import DueQuerySet
from ombud.foundation.events.models import Case
from ombud.foundation.people.models import Account, Customer, Team
from ombud.spine.escalations.models import Escalation
from ombud.spine.tickets.models import Tag, Ticket

FIRST = 101


class Kind(models.TextChoices):
    """Something stands still, or something is wrong."""

    OUTAGE = "outage", _("Outage")
    DEFECT = "defect", _("Defect")


class Reason(models.TextChoices):
    """Why somebody is listed as affected."""

    TAG = "tag", _("Tag")
    ACCOUNT = "account", _("Account")
    PRODUCT = "product", _("Product")
    VERSION = "version", _("Version")
    WORDS = "words", _("Words")
    ESCALATION = "escalation", _("Escalation")
    HAND = "hand", _("Picked by hand")
    REPORTED = "reported", _("Reported it")


class Incident(models.Model):
    """An outage or a defect that affects many customers. People know it by its number, I-101.

    What agents are told of it (`scope`, `do_say`, `do_not_say`, `answers`) stands on every affected ticket;
    no customer ever reads it. In `answers` a blank line parts one question from the next; each begins with
    the question, and what follows it is the answer.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="incident")
    number = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.OUTAGE)
    title = models.CharField(max_length=200)
    reference = models.CharField(max_length=120, blank=True, help_text="Where the team keeps it: ENG-482")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="+")
    escalation = models.ForeignKey(
        Escalation, models.SET_NULL, null=True, blank=True, related_name="incidents"
    )
    scope = models.TextField(blank=True)
    do_say = models.TextField(blank=True)
    do_not_say = models.TextField(blank=True)
    answers = models.TextField(blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    fixed_at = models.DateTimeField(null=True)
    fixed_in = models.CharField(max_length=60, blank=True, help_text="The version that carries the fix")

    class Meta:
        ordering = ["-number"]

    def __str__(self):
        return f"I-{self.number}"

    @property
    def is_open(self):
        return self.fixed_at is None

    @property
    def has_brief(self):
        return bool(self.scope or self.do_say or self.do_not_say or self.answers)

    @property
    def questions(self):
        """Pairs of a question and its answer."""
        parts = [part.strip() for part in self.answers.replace("\r\n", "\n").split("\n\n")]
        pairs = [part.partition("\n") for part in parts if part]
        return [(question.strip(), answer.strip()) for question, _line, answer in pairs]


class FindingQuerySet(DueQuerySet):
    pass


class Finding(models.Model):
    """One question that finds who is affected, worked through in batches, in the order of ids.

    `words` is what was asked for: a tag's name, an account's, words. Only what was said or moved after
    `since` counts. `part` and `reached` say how far it is; `due_at` is empty when it is done.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="findings")
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.CharField(max_length=300, blank=True)
    tag = models.ForeignKey(Tag, models.SET_NULL, null=True, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+", db_index=False)
    since = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    part = models.PositiveSmallIntegerField(default=0)
    reached = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["due_at", "id"], name="finding_due", condition=Q(due_at__isnull=False))
        ]


class Affected(models.Model):
    """That a ticket, or a customer without one, is affected by an incident, and why it is listed.

    An exclusion has a reason and a name; it holds for every broadcast of the incident.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="affected", db_index=False)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", db_index=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, null=True, related_name="affected_by")
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.CharField(max_length=300, blank=True, help_text="The tag, the account, the words")
    finding = models.ForeignKey(Finding, models.SET_NULL, null=True, related_name="found")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    found_at = models.DateTimeField()
    excluded_at = models.DateTimeField(null=True)
    excluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    excluded_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "ticket"], name="a_ticket_once", condition=Q(ticket__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["incident", "customer"], name="a_customer_once", condition=Q(ticket__isnull=True)
            ),
            models.CheckConstraint(
                name="excluded_with_a_reason", condition=Q(excluded_at__isnull=True) | Q(excluded_why__gt="")
            ),
        ]
        indexes = [
            models.Index(fields=["incident", "customer", "id"], name="affected_customer"),
            models.Index(fields=["incident", "reason", "id"], name="affected_reason"),
        ]
