"""What ends it: a fix or a workaround, signed off inside, then accepted or declined by the customer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ombud.foundation.clock.due import DueQuerySet
from ombud.foundation.people.models import Customer
from ombud.spine.sla.models import Promise

from .escalations import Escalation


class SolutionQuerySet(DueQuerySet):
    due_field = "fires_at"

    def waiting(self):
        """Offered to the customer, who has not answered."""
        return self.filter(offered_at__isnull=False, answered_at=None, withdrawn_at=None)

    def owing(self):
        """Accepted workarounds after which the fix is still owed."""
        accepted = self.filter(kind=Solution.Kind.WORKAROUND, answer=Solution.Answer.ACCEPTED)
        return accepted.filter(fix_settled_at=None)


class Solution(models.Model):
    """One proposal (M47, M48). `words` are for the customer.

    Proposed → signed off, which offers it → accepted or declined. After a workaround the fix stays owed until
    `fix_settled_at`, by `fix_due_at`, with a promise of its own on the main ticket. `fires_at` is when the
    customer is reminded, or their silence is read as the policy says.
    """

    class Kind(models.TextChoices):
        FIX = "fix", _("Fix")
        WORKAROUND = "workaround", _("Workaround")

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Not yet")

    class How(models.TextChoices):
        CUSTOMER = "customer", _("The customer said so")
        TOLD = "told", _("One of ours wrote it down")
        SILENCE = "silence", _("By silence")

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="solutions")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    offered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    how = models.CharField(max_length=8, choices=How, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answer_words = models.TextField(blank=True)

    fix_due_at = models.DateTimeField(null=True)
    fix_promise = models.ForeignKey(Promise, models.SET_NULL, null=True, related_name="+")
    fix_settled_at = models.DateTimeField(null=True)
    fix_settled_why = models.CharField(max_length=300, blank=True)

    fires_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    objects = SolutionQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "id"]
        indexes = [
            models.Index(
                fields=["fires_at", "id"], name="solution_fires", condition=Q(fires_at__isnull=False)
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["escalation"],
                name="one_solution_at_a_time",
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_workaround_owes_a_fix",
                condition=Q(kind="fix") | Q(fix_due_at__isnull=False),
            ),
        ]

    @property
    def is_waiting(self):
        return bool(self.offered_at and not self.answered_at and not self.withdrawn_at)


class Silence(models.Model):
    """What the customer's silence means when a solution was offered: one row, `Silence.ours()`."""

    class Then(models.TextChoices):
        ASK = "ask", _("Its manager is told, and calls them")
        ACCEPT = "accept", _("It counts as accepted")

    remind_after = models.PositiveIntegerField(default=2 * 86_400, help_text="Seconds")
    until = models.PositiveIntegerField(default=7 * 86_400, help_text="Seconds since it was offered")
    then = models.CharField(max_length=6, choices=Then, default=Then.ASK)

    @classmethod
    def ours(cls):
        """What was decided, or what is usual."""
        return cls.objects.order_by("pk").first() or cls()
