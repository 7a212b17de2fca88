"""Rows of the log. Nothing here is ever changed, only added; deliveries leave when they are done."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Case(models.Model):
    """Something that has a history: a ticket, an escalation, an account, a customer, a person."""

    kind = models.CharField(max_length=20)


class Event(models.Model):
    """One thing that happened. `data` carries ids, codes and times, never names, addresses or text.

    `actor` is who did it, `token` the machine's token by which it was done; without both, the house did.
    """

    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="events", db_index=False)
    verb = models.CharField(max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    token = models.ForeignKey("people.Token", models.PROTECT, null=True, related_name="+", db_index=False)
    happened_at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="event_case"),
            models.Index(fields=["verb", "happened_at"], name="event_verb"),
        ]


class Delivery(models.Model):
    """An event on its way to one follower. Gone once it is followed; a dead one has no due time."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries")
    follower = models.CharField(max_length=120)
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="delivery_due", condition=Q(due_at__isnull=False))
        ]
