"""People of ours, their teams, and when they are away."""

import zoneinfo

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ombud.foundation.events.models import Case


class Role(models.TextChoices):
    """The roles of M74. What each may do stands in `people.permissions`."""

    ADMINISTRATOR = "administrator", _("Administrator")
    HEAD = "head", _("Head of support")
    LEAD = "lead", _("Lead")
    ESCALATION_MANAGER = "escalation_manager", _("Escalation manager")
    ENGINEER = "engineer", _("Support engineer")
    ASSOCIATE = "associate", _("Associate")
    TAM = "tam", _("Technical account manager")
    ANALYST = "analyst", _("Operations analyst")
    CSM = "csm", _("Customer success manager")
    AE = "ae", _("Account executive")
    SPONSOR = "sponsor", _("Executive sponsor")
    TECHNICAL_OWNER = "technical_owner", _("Technical owner")


class People(BaseUserManager):
    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)

    def working(self):
        """Everyone who still has access."""
        return self.filter(is_active=True)


class Person(AbstractBaseUser):
    """Somebody of ours, who signs in with a mail address."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=24, choices=Role, default=Role.ASSOCIATE)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    signature = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True)
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="person")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = People()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def zone(self):
        """The zone in which this person reads times."""
        return zoneinfo.ZoneInfo(self.time_zone or settings.TIME_ZONE)


class Team(models.Model):
    """A group of ours that shares tickets. A private team's tickets are seen by its members only."""

    name = models.CharField(max_length=80, unique=True)
    purpose = models.CharField(max_length=200, blank=True)
    private = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)
    members = models.ManyToManyField(Person, through="Membership", related_name="teams")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Membership(models.Model):
    """A person in a team; a lead of it or not."""

    person = models.ForeignKey(Person, models.CASCADE)
    team = models.ForeignKey(Team, models.CASCADE)
    is_lead = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "team"], name="one_membership_per_team")]


class Absence(models.Model):
    """A person is away from one time to another; the deputy takes what cannot wait."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    deputy = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="absence_ends_later")
        ]
