"""Promises: one row for each clock that runs, or ran, for a customer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ombud.foundation.clock.due import DueQuerySet
from ombud.foundation.clock.models import Calendar
from ombud.spine.tickets.models import Ticket

from .policies import PolicyVersion


class Kind(models.TextChoices):
    """What was promised."""

    FIRST_REPLY = "first_reply", _("First reply")
    NEXT_REPLY = "next_reply", _("Next reply")
    UPDATE = "update", _("Next update")
    RESOLUTION = "resolution", _("Resolution")
    WORD = "word", _("Promised in words")


class State(models.TextChoices):
    """Where a promise stands. A broken one is still owed until `met_at`."""

    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    KEPT = "kept", _("Kept")
    BROKEN = "broken", _("Broken")
    CANCELLED = "cancelled", _("Cancelled")


PROMISED = (Kind.FIRST_REPLY, Kind.NEXT_REPLY, Kind.UPDATE, Kind.RESOLUTION)  # by policies
REPLIES = (Kind.FIRST_REPLY, Kind.NEXT_REPLY)
PAUSABLE = (Kind.UPDATE, Kind.RESOLUTION)  # who waits for a reply waits, whatever we call the ticket


class FiringQuerySet(DueQuerySet):
    due_field = "fires_at"

    def owed(self):
        """Those that somebody of ours still has to fulfil."""
        return self.filter(ended_at=None)


class Promise(models.Model):
    """One running clock: what was promised, why, by when, and what came of it.

    `seconds` of `calendar`'s working time (around the clock without one) from `started_at`, without its
    `pauses` ([from, until or null, why]). `due_at` is empty while paused; then `left` are the seconds that
    remain. `fires_at` is when something is next to be done about it by itself: the first of `alarms` ([time,
    percent]), the break, the end of a pause. `answered_at`: when the reply was written that is on its way.
    `met_at` is when it was fulfilled, `ended_at` when it stopped being owed; `why` says why it was cancelled.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="promises", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    version = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, related_name="+", db_index=False)
    seconds = models.PositiveIntegerField()
    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, related_name="+", db_index=False)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    near_at = models.DateTimeField(null=True, help_text="When the first warning is given")
    fires_at = models.DateTimeField(null=True)
    alarms = models.JSONField(default=list)
    pauses = models.JSONField(default=list)
    left = models.PositiveIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=300, blank=True, help_text="What was said, if promised in words")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    objects = FiringQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["fires_at", "id"], name="promise_fires", condition=Q(fires_at__isnull=False)
            ),
            models.Index(fields=["ticket", "id"], name="promise_of_ticket"),
            models.Index(fields=["due_at", "id"], name="promise_owed", condition=Q(ended_at__isnull=True)),
            models.Index(
                fields=["broken_at", "id"], name="promise_broken", condition=Q(broken_at__isnull=False)
            ),
        ]

    @property
    def is_owed(self):
        return self.ended_at is None


class RecheckQuerySet(DueQuerySet):
    due_field = "recheck_at"


class Agreement(models.Model):
    """What holds for one ticket: the policy's version, the priority it was read with, and who owes a word.

    `owed_since`: since when the customer's word is unanswered. `status` is the ticket's, as this room last
    heard of it; `answered_at` when a person of ours first answered. `recheck_at`: a calendar, a policy or the
    account changed, so that what is owed has to be looked at again.
    """

    ticket = models.OneToOneField(Ticket, models.CASCADE, primary_key=True, related_name="agreement")
    version = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, related_name="+", db_index=False)
    priority = models.CharField(max_length=2)
    status = models.CharField(max_length=8)
    opened_at = models.DateTimeField()
    owed_since = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    recheck_at = models.DateTimeField(null=True)

    objects = RecheckQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["recheck_at", "ticket"],
                name="agreement_recheck",
                condition=Q(recheck_at__isnull=False),
            )
        ]
