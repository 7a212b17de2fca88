"""What people wish, what they are asked, in which bundle it reached them, and what they answered."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ombud.foundation.clock.due import DueQuerySet
from ombud.spine.escalations.models import Escalation
from ombud.spine.sla.models import Promise

LINE = 300  # letters of an answer
MOST = 12  # interruptions a day that somebody may allow


class Kind(models.TextChoices):
    """What a technical owner answers, in one tap."""

    NO_CHANGE = "no_change", _("No change")
    PROGRESS = "progress", pgettext_lazy("how a fix stands", "Progress")
    BLOCKED = "blocked", pgettext_lazy("how a fix stands", "Blocked")
    NEW_ETA = "new_eta", _("New time")


class Way(models.TextChoices):
    """How a question reaches somebody."""

    TIME = "time", _("At a time of theirs")
    INTERRUPTION = "interruption", _("Between their times")


class State(models.TextChoices):
    """Where a request stands. It is open until it is answered or withdrawn."""

    WAITING = "waiting", _("Waits for their next time")
    ASKED = "asked", _("Asked, not answered yet")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Not asked any more")


OPEN = (State.WAITING, State.ASKED)


def usual_times():
    """Ten and four, in minutes after midnight."""
    return [10 * 60, 16 * 60]


def monday_to_friday():
    """As numbers from 0."""
    return [0, 1, 2, 3, 4]


class WishesQuerySet(DueQuerySet):
    due_field = "goes_at"


class Wishes(models.Model):
    """When somebody may be asked, on their own clock. Who never said it has the defaults.

    `times`, `day_from` and `day_until` are minutes after midnight on each of `weekdays` (Monday is 0);
    `focus` are intervals as a calendar writes them, [["13:00", "15:30"]]. `budget`: interruptions a day
    between their times. `goes_at` is when the next bundle may leave: one row per person, so that two workers
    never make two letters of what belongs into one.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="status_wishes")
    times = models.JSONField(default=usual_times)
    weekdays = models.JSONField(default=monday_to_friday)
    day_from = models.PositiveSmallIntegerField(default=9 * 60)
    day_until = models.PositiveSmallIntegerField(default=18 * 60)
    focus = models.JSONField(default=list)
    budget = models.PositiveSmallIntegerField(default=1, validators=[MaxValueValidator(MOST)])
    by_mail = models.BooleanField(default=True)
    goes_at = models.DateTimeField(null=True)

    objects = WishesQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["goes_at", "id"], name="status_wishes_due", condition=Q(goes_at__isnull=False)
            )
        ]


class Request(models.Model):
    """One question to one technical owner: how does this escalation stand?

    `asked_by` is empty when the desk asks by itself, before an update is due. `goes_at` is when it goes into
    a bundle, and `way` how; an open one may go again with a later bundle. `told_at` is when it first reached
    them. `why` says why it was withdrawn: over, parted, away.
    """

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="status_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="status_requests")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField()
    question = models.CharField(max_length=LINE, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    way = models.CharField(max_length=12, choices=Way, default=Way.TIME)
    goes_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["escalation", "person"], name="one_open_status_request", condition=Q(state__in=OPEN)
            )
        ]

    @property
    def is_open(self):
        return self.state in OPEN


class Bundle(models.Model):
    """What reached somebody at once: one notice and one mail, however many questions are in it.

    `at` is the time of theirs that it is for, or when they were interrupted. `against`: what it went against
    ("budget", "focus", "hours"), which only a `promise` that would have broken may do.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="status_bundles")
    at = models.DateTimeField()
    way = models.CharField(max_length=12, choices=Way)
    against = models.JSONField(default=list)
    promise = models.ForeignKey(Promise, models.SET_NULL, null=True, related_name="+", db_index=False)
    sent_at = models.DateTimeField()
    requests = models.ManyToManyField(Request, related_name="bundles")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "at"], name="one_status_bundle_a_time", condition=Q(way=Way.TIME)
            )
        ]


class Answer(models.Model):
    """What a technical owner said, asked or unasked. Inside words: a customer never reads them.

    `eta` is when they expect the fix now; `by` who pressed, mostly the person themselves.
    """

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="status_answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="status_answers")
    request = models.OneToOneField(Request, models.SET_NULL, null=True, related_name="answer")
    kind = models.CharField(max_length=10, choices=Kind)
    line = models.CharField(max_length=LINE, blank=True)
    eta = models.DateTimeField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["-answered_at", "-id"]
        indexes = [models.Index(fields=["escalation", "-answered_at"], name="status_last_answers")]
