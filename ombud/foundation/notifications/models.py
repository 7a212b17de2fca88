"""One row for each thing that a person of ours was told."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ombud.foundation.events.models import Case


class Notice(models.Model):
    """`kind` is a word such as "mentioned"; the sentence is made from it in the reader's language."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    key = models.CharField(max_length=120, unique=True, help_text="The same thing is told once")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["person", "id"], name="notice_unread", condition=Q(read_at=None))]
