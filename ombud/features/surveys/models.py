"""What is asked, each invitation, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ombud.foundation.clock.due import DueQuerySet
from ombud.foundation.clock.models import Calendar
from ombud.foundation.people.models import Account, Customer, Team
from ombud.foundation.post.models import Letter
from ombud.spine.escalations.models import Escalation
from ombud.spine.sla.models import Promise
from ombud.spine.tickets.models import Ticket

from .scales import SCALES


class Kind(models.TextChoices):
    """What is measured, each on a scale of its own."""

    CSAT = "csat", _("Satisfaction (CSAT, 1 to 10)")
    NPS = "nps", _("Recommendation (NPS, 0 to 10)")
    CES = "ces", _("Effort (CES, 1 very hard to 7 very easy)")


class When(models.TextChoices):
    """What a survey waits for."""

    RESOLVED = "resolved", _("A ticket was resolved")
    REVIEWED = "reviewed", _("An escalation was reviewed")
    ROUND = "round", _("Again and again, every so many days")


class RoundQuerySet(DueQuerySet):
    due_field = "looks_at"

    def active(self):
        """Those in use."""
        return self.filter(archived_at=None)


class Survey(models.Model):
    """One survey: what is asked, of whom, when, and what follows a bad answer.

    `delay` is in seconds of `calendar`'s working time, around the clock without one. `every` are the days
    between two rounds, for surveys that come again and again; `looks_at` is when the next customers are
    looked for. `quiet` are the days in which a person who was asked anything is not asked again.
    `conditions` are those of SLA policies, and "teams" (ids). `words` is {language: {"question", "intro",
    "low", "high"}}, where what is missing is said in our own words. `follow_up` are the working hours within
    which we promise to come back on a bad answer; empty: nothing is promised.
    """

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=4, choices=Kind)
    when = models.CharField(max_length=8, choices=When)
    delay = models.PositiveIntegerField(default=0)
    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, blank=True, related_name="+")
    every = models.PositiveSmallIntegerField(default=90)
    quiet = models.PositiveSmallIntegerField(default=30)
    sampling = models.PositiveSmallIntegerField(default=100, help_text="Percent")
    remind = models.PositiveSmallIntegerField(default=3, help_text="After so many days, once; 0 is never")
    anonymous = models.BooleanField(default=False)
    bad = models.PositiveSmallIntegerField(help_text="A score up to this is a bad answer")
    follow_up = models.PositiveSmallIntegerField(null=True, blank=True)
    conditions = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    looks_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], name="survey_name_once", condition=Q(archived_at__isnull=True)
            )
        ]
        indexes = [
            models.Index(fields=["looks_at"], name="survey_looks", condition=Q(looks_at__isnull=False))
        ]

    def __str__(self):
        return self.name

    @property
    def scale(self):
        """The scale of its kind."""
        return SCALES[self.kind]


class Ask(models.Model):
    """One invitation of one person. `key` says what about, so that nobody is asked the same thing twice.

    `due_at` is when something is next to be done by itself: sending it, or reminding. `held_at`: since when
    it waits for an escalation to be over. An answered one of an anonymous survey does not say when it was
    answered, and is not linked with its answer.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Not asked yet")
        SENT = "sent", _("Asked")
        ANSWERED = "answered", _("Answered")
        CALLED_OFF = "called_off", _("Not asked")
        REVOKED = "revoked", _("Taken back")

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="asks", db_index=False)
    key = models.CharField(max_length=80, unique=True)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="asks")
    ticket = models.ForeignKey(Ticket, models.CASCADE, null=True, related_name="asks")
    escalation = models.ForeignKey(Escalation, models.CASCADE, null=True, related_name="asks")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    why = models.CharField(max_length=16, blank=True, help_text="Why it was not asked")
    planned_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, related_name="+")

    objects = DueQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="ask_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["survey", "state"], name="ask_survey"),
            models.Index(fields=["customer", "sent_at"], name="ask_lately"),
        ]


class Answer(models.Model):
    """What somebody answered; one for an ask. `changed_at` is when the score or the words last changed.

    Of an anonymous survey it knows neither the ask nor the customer, and of the time only the month, whose
    first noon is `answered_at`. `tier` and `team` are those of the time, empty where too few were asked to
    hide in.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers", db_index=False)
    ask = models.OneToOneField(Ask, models.CASCADE, null=True, related_name="answer")
    customer = models.ForeignKey(Customer, models.CASCADE, null=True, related_name="+", db_index=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, null=True, related_name="survey_answers")
    escalation = models.ForeignKey(Escalation, models.CASCADE, null=True, related_name="survey_answers")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+", db_index=False)
    tier = models.CharField(max_length=10, choices=Account.Tier, blank=True)
    score = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    answered_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    promise = models.ForeignKey(Promise, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-answered_at", "-id"]
        indexes = [models.Index(fields=["survey", "answered_at"], name="answer_survey")]

    @property
    def is_bad(self):
        """Whether it calls for somebody."""
        return self.score <= self.survey.bad
