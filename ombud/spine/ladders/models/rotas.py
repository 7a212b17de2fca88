"""Rotas: who is on duty in a team, week by week."""

from django.conf import settings
from django.db import models

from ombud.foundation.people.models import Team


class Duty(models.Model):
    """A person is on duty in a team on a weekday (0 is Monday), between two times of the company's clock.

    `starts` and `ends` are minutes after midnight; an end after 1,440 lies on the next day.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="duties")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="duties")
    weekday = models.PositiveSmallIntegerField()
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["weekday", "starts", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="duty_ends_later")
        ]
