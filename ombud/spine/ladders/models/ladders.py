"""Ladders and their versions."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ombud.foundation.events.models import Case


class Ladder(models.Model):
    """One ladder. `draft` is what is being written; `version` what is live, None before it was switched on.

    Of those that begin at what happened, the first in order whose conditions the ticket meets is climbed.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="ladder")
    name = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    draft = models.JSONField(default=dict)
    version = models.ForeignKey("LadderVersion", models.PROTECT, null=True, related_name="+")
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], name="ladder_name_once", condition=Q(archived_at__isnull=True)
            )
        ]

    def __str__(self):
        return self.name


class LadderVersion(models.Model):
    """What a ladder was from one switch to the next. Never changed; a climb has its own copy besides.

    `plan` is what `rungs.read` understands.
    """

    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    plan = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["ladder", "number"], name="one_ladder_version")]
