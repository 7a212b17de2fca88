"""Who gets a mail in the morning, and when the next is due."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ombud.foundation.clock.due import DueQuerySet


class MorningQuerySet(DueQuerySet):
    due_field = "due_at"


class Morning(models.Model):
    """One person's mails. `told_until`: what happened up to then was told; `due_at` None: they wish none."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="morning")
    told_until = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    objects = MorningQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="morning_due", condition=Q(due_at__isnull=False))
        ]
