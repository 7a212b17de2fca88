"""What is kept of an escalation: updates to the customer (P1, M33) and decisions (M58)."""

from django.conf import settings
from django.db import models

from ombud.spine.tickets.models import Message

from .escalations import Escalation


class Update(models.Model):
    """One word to the customer: where it stands, what it means for them, what we promised.

    `due_at` is the due time that it answered; `kept` whether it came in time. `messages` are the replies that
    carried it, one in each ticket's own thread.
    """

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="updates")
    number = models.PositiveIntegerField()
    process = models.TextField()
    impact = models.TextField(blank=True)
    promises = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    kept = models.BooleanField()
    messages = models.ManyToManyField(Message, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["escalation", "number"], name="update_number_once")]


class UpdateDraft(models.Model):
    """What somebody is writing as the next update; one draft each."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="update_drafts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    process = models.TextField(blank=True)
    impact = models.TextField(blank=True)
    promises = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["escalation", "by"], name="one_update_draft_each")]


class Decision(models.Model):
    """What was decided, by whom, on what information. Never changed; a new one overrules an old one."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="decisions")
    what = models.CharField(max_length=500)
    basis = models.TextField(blank=True, help_text="On what information")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["decided_at", "id"]
