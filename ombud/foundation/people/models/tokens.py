"""What a machine shows instead of a password."""

from django.db import models

from .ours import Person


class Token(models.Model):
    """Access for a machine. Only the hash is stored; the machine acts as `person`, or as itself."""

    name = models.CharField(max_length=80)
    hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="tokens")
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
