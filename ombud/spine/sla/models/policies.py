"""SLA policies: for whom they hold, and what they promise."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ombud.foundation.events.models import Case


class Policy(models.Model):
    """One SLA policy. The first in order whose conditions a ticket meets is the one that holds for it."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="policy")
    name = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    conditions = models.JSONField(
        default=dict, help_text="Lists by what is looked at; without any, everybody"
    )
    version = models.ForeignKey("PolicyVersion", models.PROTECT, null=True, related_name="+")
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], name="policy_name_once", condition=Q(archived_at__isnull=True)
            )
        ]

    def __str__(self):
        return self.name


class PolicyVersion(models.Model):
    """What a policy promised from one change to the next. Never changed: running promises stand on it.

    `terms` is what `terms.read` understands.
    """

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    terms = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["policy", "number"], name="one_version_per_number")]
