"""The names under which customers know us."""

from django.conf import settings
from django.db import models
from django.db.models import Q

ACCENT = "#1d5946"


class Brand(models.Model):
    """One name and face of ours: what customers' pages and letters carry.

    `accent` is the company's own colour, "#rrggbb"; pages derive from it what can be read (lib.colours).
    `logo` is the SHA-256 of the stored picture. `names_person`: customers read who of ours is on it, else
    only that our team is. `shows_phone`: customers of an escalation read the number of a person who is named
    and leads it. `way_up`: they are offered to ask for somebody higher.
    """

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=40, unique=True)
    accent = models.CharField(max_length=7, default=ACCENT)
    logo = models.CharField(max_length=64, blank=True)
    logo_type = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, blank=True)
    address = models.URLField(blank=True, help_text="Where its pages are reached, for links in mails")
    host = models.CharField(max_length=253, blank=True, help_text="Of the address, in small letters")
    names_person = models.BooleanField(default=True)
    shows_phone = models.BooleanField(default=False)
    way_up = models.BooleanField(default=True)
    is_default = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-is_default", "name"]
        constraints = [
            models.UniqueConstraint(fields=["host"], condition=~Q(host=""), name="one_brand_per_host"),
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="one_default_brand"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def version(self):
        """Changes with what its pages look like, so that browsers may keep the old one for ever."""
        return f"{self.accent[1:]}{self.logo[:8]}"
