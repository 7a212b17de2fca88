"""Which channels are open."""

from django.db import models


class ChannelSetting(models.Model):
    """A channel without a row is on; a row says what an administrator decided (M4)."""

    name = models.CharField(max_length=40, unique=True)
    enabled = models.BooleanField(default=True)
