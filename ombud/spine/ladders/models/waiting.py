"""What a ladder waits for, and what other rooms tell this one about a ticket."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ombud.foundation.clock.due import DueQuerySet
from ombud.spine.tickets.models import Ticket


class Watch(models.Model):
    """That something is so on a ticket since a time (`on`: one of rungs.AFTER_A_WHILE), and lasts.

    `due_at` is when a ladder begins at it, empty when none does; `begun_at` when one began. Gone when it is
    so no more.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="watches", db_index=False)
    on = models.CharField(max_length=20)
    since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)

    objects = DueQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="watch_due", condition=Q(due_at__isnull=False)),
        ]
        constraints = [models.UniqueConstraint(fields=["ticket", "on"], name="watched_once")]


class Led(models.Model):
    """Who leads what a ticket is escalated to: escalations stand above ladders, and write it down here."""

    ticket = models.OneToOneField(Ticket, models.CASCADE, primary_key=True, related_name="led")
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
