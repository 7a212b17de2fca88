"""Kinds of request with their questions, and what customers answered."""

from django.db import models

from ombud.spine.tickets.models import Ticket


class Ask(models.TextChoices):
    """What sort of answer a question wants."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    CHECKBOX = "checkbox"


class RequestKind(models.Model):
    """One thing that customers need, with the questions that we always ask about it.

    `names` and `abouts` are {language: words}. `questions` is a list of {key, ask, required, labels, helps,
    choices}: labels and helps by language, choices a list of {language: words}. A question's key never
    changes, so that what was answered before can still be read.
    """

    names = models.JSONField(default=dict)
    abouts = models.JSONField(default=dict)
    questions = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]


class Answers(models.Model):
    """What was answered on one ticket, with the questions as they were asked then."""

    ticket = models.OneToOneField(Ticket, models.CASCADE, primary_key=True, related_name="form_answers")
    kind = models.ForeignKey(RequestKind, models.PROTECT, related_name="answers")
    questions = models.JSONField(default=list)
    values = models.JSONField(default=dict, help_text="By the questions' keys; of a choice its place")
    answered_at = models.DateTimeField()
