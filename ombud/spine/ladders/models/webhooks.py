"""Calls of other systems."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ombud.foundation.clock.due import DueQuerySet

from .climbs import Climb, Telling


class Webhook(models.Model):
    """One call of another system: an effect with a key that never changes, so that a repeat is recognised.

    `body` is what is signed and sent, byte for byte; `telling` the person that it is about, if it is about
    one: then it is not sent any more once somebody has it. A worker leases it by moving `due_at`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to leave")
        SENT = "sent", _("Sent")
        DEAD = "dead", _("Could not be delivered")
        TAKEN_BACK = "taken_back", _("Taken back")

    key = models.CharField(max_length=120, unique=True)
    climb = models.ForeignKey(Climb, models.CASCADE, related_name="webhooks")
    telling = models.OneToOneField(Telling, models.CASCADE, null=True, related_name="webhook")
    url = models.CharField(max_length=500)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True, help_text="The last answer's")
    error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)

    objects = DueQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="webhook_due", condition=Q(due_at__isnull=False)),
        ]
