"""The one company whose desk this is."""

from django.conf import settings
from django.db import models


class Company(models.Model):
    """One row: the company's own name, language and zone. `Company.ours()` is how to get it."""

    name = models.CharField(max_length=120)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(max_length=60, default="UTC")
    currency = models.CharField(max_length=3, default="EUR", help_text="ISO 4217")
    is_demo = models.BooleanField(default=False)
    address = models.URLField(blank=True, help_text="Where this desk is reached, for links in mails")

    @classmethod
    def ours(cls):
        """The company, or None before the first run was finished."""
        return cls.objects.order_by("pk").first()
