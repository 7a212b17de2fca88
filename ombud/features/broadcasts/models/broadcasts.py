"""What is broadcast: its words in each language, and who approved them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ombud.foundation.clock.due import DueQuerySet
from ombud.foundation.people.models import Person

from .incidents import Incident

PER_MINUTE = 600  # letters; mail providers look askance at more from one address


class Rule(models.Model):
    """One row: how broadcasts are approved and sent on this desk. `Rule.ours()` is how to get it."""

    two_people = models.BooleanField(default=True, help_text="Who wrote the words may not approve them")
    per_minute = models.PositiveIntegerField(default=PER_MINUTE, help_text="Letters; 0 is as fast as it goes")

    @classmethod
    def ours(cls):
        """The desk's rule, or what holds until somebody sets one."""
        return cls.objects.order_by("pk").first() or cls()


class Purpose(models.TextChoices):
    """Why they are written to."""

    UPDATE = "update", _("Update")
    FIXED = "fixed", _("It is fixed")


class State(models.TextChoices):
    """Where a broadcast stands."""

    DRAFT = "draft", _("Being prepared")
    LISTING = "listing", _("Listing recipients")
    READY = "ready", _("Listed")
    SENDING = "sending", _("Being sent")
    STOPPED = "stopped", _("Stopped")
    DONE = "done", _("Finished")


class Broadcast(models.Model):
    """One piece of news for those whom an incident affects.

    Broadcasts of one `wave` carry the same news: nobody gets a second letter of a wave, whatever lists they
    are on. `corrects`: it goes to those who have an older text of that one. `fallback` is the language for
    those in whose own nothing is approved. `reached` is how far listing is (a customer's id); `due_at` is
    when the next batch is worked, empty when nothing is to be done. `two_people` is the desk's rule at that
    time.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="broadcasts")
    number = models.PositiveIntegerField()
    wave = models.PositiveIntegerField()
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.UPDATE)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    fallback = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    per_minute = models.PositiveIntegerField(default=PER_MINUTE)
    two_people = models.BooleanField(default=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    approver = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", db_index=False)
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    begun_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stopped_why = models.CharField(max_length=20, blank=True)
    reached = models.BigIntegerField(default=0)
    due_at = models.DateTimeField(null=True)

    objects = DueQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="broadcast_number_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], name="broadcast_due", condition=Q(due_at__isnull=False))
        ]

    @property
    def is_running(self):
        return self.state in (State.LISTING, State.SENDING)


class Wording(models.Model):
    """One version of a broadcast's words in one language. Once it is approved it is never changed."""

    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="wordings")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["language", "number"]
        constraints = [
            models.UniqueConstraint(fields=["broadcast", "language", "number"], name="wording_version_once")
        ]


class Approval(models.Model):
    """That somebody approved a version, with the very words they approved: letters are written from these.

    The database itself refuses one by the writer where two people must have seen the words.
    """

    wording = models.OneToOneField(Wording, models.PROTECT, related_name="approval")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    writer = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    two_people = models.BooleanField()
    language = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="two_people_saw_the_words", condition=Q(two_people=False) | ~Q(by=F("writer"))
            )
        ]
