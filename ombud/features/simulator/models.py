"""Simulations and what came of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ombud.foundation.clock.due import DueQuerySet
from ombud.spine.ladders.models import Ladder, LadderVersion
from ombud.spine.tickets.models import Ticket


class State(models.TextChoices):
    """Where a simulation stands."""

    RUNNING = "running", _("Running")
    STOPPED = "stopped", _("Stopped")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Simulation(models.Model):
    """One replay of a ladder's draft, and of its live version beside it, over the past.

    `plan` is a copy of the draft. Climbs that would have begun from `since` until `until` are followed to
    `until`. Tickets are taken in the order of their ids: `done` of `total`, the last is `cursor`. `figures`
    are what has been counted so far ({"draft": …, "live": … or null}, see `figures`); `took` is in
    milliseconds of work. `due_at` is when the next slice is worked; empty when nothing is to be done.
    """

    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="simulations")
    plan = models.JSONField()
    live = models.ForeignKey(LadderVersion, models.SET_NULL, null=True, related_name="+", db_index=False)
    since = models.DateTimeField()
    until = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    due_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)
    figures = models.JSONField(default=dict)
    took = models.PositiveIntegerField(default=0)

    objects = DueQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="simulation_due", condition=Q(due_at__isnull=False))
        ]

    @property
    def is_running(self):
        return self.state == State.RUNNING


class Outcome(models.Model):
    """One climb as it would have been: by the draft, by the live version; empty where there is none.

    `sooner` is by how many seconds somebody has it sooner with the draft; empty where one of both never had
    anybody. `weight` is how much it differs: the list begins with the greatest.
    """

    simulation = models.ForeignKey(Simulation, models.CASCADE, related_name="outcomes", db_index=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", db_index=False)
    began_at = models.DateTimeField()
    draft = models.JSONField(null=True)
    live = models.JSONField(null=True)
    sooner = models.IntegerField(null=True)
    weight = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["simulation", "-weight", "id"], name="outcome_by_weight")]
