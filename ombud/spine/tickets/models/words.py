"""Words and views that people keep."""

from django.conf import settings
from django.db import models

from ombud.foundation.people.models import Person, Team


class QuickReply(models.Model):
    """Words used often. Placeholders such as {customer} and {number} are filled when it is used."""

    name = models.CharField(max_length=120)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, blank=True)
    html = models.TextField()
    owner = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="quick_replies")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="quick_replies")
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]


class SavedView(models.Model):
    """A filter with a name: somebody's own, or shared with everyone when it has no owner."""

    name = models.CharField(max_length=80)
    filters = models.JSONField(default=dict)
    owner = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="saved_views")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
