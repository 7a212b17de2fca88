"""Who writes an update when its manager is away."""

from django.db import models
from django.db.models import Q

from ombud.foundation.clock.due import DueQuerySet

from .escalations import Escalation


class StandIn(models.Model):
    """When to look whether the manager of an escalation is there to write its next update: the day before.

    Who writes it is no column: `standing_in.update_owner` works it out from absences, so that it is right
    also when one is planned later.
    """

    escalation = models.OneToOneField(Escalation, models.CASCADE, primary_key=True, related_name="stand_in")
    due_at = models.DateTimeField(null=True)

    objects = DueQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="stand_in_due", condition=Q(due_at__isnull=False)),
        ]
