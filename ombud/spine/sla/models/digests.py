"""What is gathered for somebody who wants many things in one mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ombud.foundation.clock.due import DueQuerySet

from .promises import Promise


class Digest(models.Model):
    """One list for one person: gathers from `opened_at` on, goes out at `due_at`, which is then empty."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    objects = DueQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="digest_due", condition=Q(due_at__isnull=False))]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], name="one_open_digest", condition=Q(due_at__isnull=False)
            )
        ]


class DigestLine(models.Model):
    """That a promise, due at a time, stands in a digest since `percent` of its time had passed."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="lines")
    promise = models.ForeignKey(Promise, models.CASCADE, related_name="+")
    key = models.CharField(max_length=120, unique=True, help_text="The same thing is told once")
    due = models.CharField(max_length=40)
    percent = models.PositiveSmallIntegerField()
