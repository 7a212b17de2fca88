"""What the door itself keeps for a while: answers that may be asked for again, and files not yet enclosed."""

from django.db import models

from ombud.foundation.people.models import Token


class Answer(models.Model):
    """What a request with an Idempotency-Key was answered; the same request gets the same answer again.

    `asked` is a hash of method, path and body: the same key with other words is a mistake of the machine's.
    """

    token = models.ForeignKey(Token, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    location = models.CharField(max_length=200, blank=True)
    body = models.JSONField(default=dict)
    forget_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="one_answer_per_key")]


class Upload(models.Model):
    """A file that a machine sent and has not enclosed yet; only the same token can enclose it."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    forget_at = models.DateTimeField(db_index=True)
