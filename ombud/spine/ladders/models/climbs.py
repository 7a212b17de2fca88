"""Climbs: one ladder being climbed for one ticket."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ombud.foundation.clock.due import DueQuerySet
from ombud.foundation.people.models import Team
from ombud.foundation.post.models import Letter
from ombud.spine.sla.models import Promise
from ombud.spine.tickets.models import Ticket

from .ladders import Ladder, LadderVersion


class State(models.TextChoices):
    """Where a climb stands."""

    CLIMBING = "climbing", _("Nobody has it yet")
    HELD = "held", _("Somebody has it")
    TOPPED = "topped", _("At the last rung, and nobody has it")
    ENDED = "ended", _("Over")


class ClimbQuerySet(DueQuerySet):
    due_field = "next_at"

    def open(self):
        """Those that are not over."""
        return self.exclude(state=State.ENDED)


class Climb(models.Model):
    """One climb. It has its own copy of the ladder (`plan`), so that editing a ladder moves nobody.

    `rung` is the one reached, counted from 1; 0 before the first. `next_at` is when something is next to be
    done by itself: `climbs_at` the next rung, `repeats_at` this one again, `held_until` a look whether
    anything happened since somebody has it (`seen_event`: the newest event of the ticket at that moment).

    `why` it is climbed, and what `also` came meanwhile: it is over when all of that is. `since` is the time
    that was missed: when the update was due, since when the ticket is untouched.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="climbs", db_index=False)
    ladder = models.ForeignKey(Ladder, models.PROTECT, related_name="climbs", db_index=False)
    version = models.ForeignKey(LadderVersion, models.PROTECT, related_name="+", db_index=False)
    promise = models.ForeignKey(Promise, models.SET_NULL, null=True, related_name="climbs")
    plan = models.JSONField()
    why = models.CharField(max_length=20)
    also = models.JSONField(default=list)
    since = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.CLIMBING)
    rung = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    climbs_at = models.DateTimeField(null=True)
    repeats_at = models.DateTimeField(null=True)
    repeated = models.PositiveSmallIntegerField(default=0)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    held_since = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    seen_event = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=20, blank=True)

    objects = ClimbQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_at", "id"], name="climb_next", condition=Q(next_at__isnull=False)),
            models.Index(fields=["ticket", "id"], name="climb_of_ticket"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "ladder"], name="one_open_climb", condition=Q(ended_at__isnull=True)
            )
        ]


class Telling(models.Model):
    """That a person was told on a rung, in one way; `round` counts the times on that rung, from 1.

    `turn_of` is the team whose turn it was, when people take turns.
    """

    climb = models.ForeignKey(Climb, models.CASCADE, related_name="tellings")
    rung = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    way = models.CharField(max_length=10)
    told_at = models.DateTimeField()
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, related_name="+")
    turn_of = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["turn_of", "person", "told_at"],
                name="telling_turn",
                condition=Q(turn_of__isnull=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["climb", "rung", "round", "person", "way"], name="told_once_in_each_way"
            )
        ]
