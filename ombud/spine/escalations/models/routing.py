"""To whom an escalation falls when nobody is named: a team by the reason, a person by the account's tier."""

from django.conf import settings
from django.db import models

from ombud.foundation.people.models import Account, Team

from .escalations import Reason


class Route(models.Model):
    """Which team gets what was escalated for a reason, each of its people in turn."""

    reason = models.CharField(max_length=20, choices=Reason, unique=True)
    team = models.ForeignKey(Team, models.CASCADE, related_name="+")


class TierManager(models.Model):
    """Who leads the escalations of a tier's accounts."""

    tier = models.CharField(max_length=10, choices=Account.Tier, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
