"""Who gets a broadcast, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ombud.foundation.people.models import Customer
from ombud.foundation.post.models import Letter
from ombud.spine.tickets.models import Ticket

from .broadcasts import Approval, Broadcast
from .incidents import Incident


class Standing(models.TextChoices):
    """How it stands with one recipient. Listed is the sum of all."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Leaving")
    SENT = "sent", _("Sent")
    KEPT = "kept", _("Kept in the outbox")
    FAILED = "failed", _("Could not be sent")
    EXCLUDED = "excluded", _("Excluded")


class Why(models.TextChoices):
    """Why somebody on the list is not told."""

    HAND = "hand", _("By hand")
    TOLD = "told", _("Has this news by another broadcast")
    NO_ADDRESS = "no_address", _("No mail address")
    BLOCKED = "blocked", _("Blocked")
    OURS = "ours", _("An address of our own")
    TAKEN_BACK = "taken_back", _("The letter was taken back")


class Recipient(models.Model):
    """One customer on the list of a broadcast: one letter, in the thread of `ticket` or (none yet) a new one.

    `approval` holds the words that this customer got. The database refuses a row with a letter and without an
    approval, and a second row of a customer in a wave of an incident, unless they are excluded there.
    `repeated`: a worker was killed while it was on its way, so it may have arrived twice under one id.
    """

    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="recipients", db_index=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="+", db_index=False)
    wave = models.PositiveIntegerField()
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="told_by")
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=8, choices=Standing, default=Standing.WAITING)
    why = models.CharField(max_length=10, choices=Why, blank=True)
    words = models.CharField(max_length=300, blank=True, help_text="Why, in words; or what the server said")
    approval = models.ForeignKey(Approval, models.PROTECT, null=True, related_name="recipients")
    letter = models.OneToOneField(Letter, models.PROTECT, null=True, related_name="recipient")
    sent_at = models.DateTimeField(null=True)
    repeated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["broadcast", "customer"], name="on_a_list_once"),
            models.UniqueConstraint(
                fields=["incident", "wave", "customer"],
                name="told_once",
                condition=~Q(state="excluded"),
            ),
            models.CheckConstraint(
                name="approved_words_only", condition=Q(letter__isnull=True) | Q(approval__isnull=False)
            ),
            models.CheckConstraint(
                name="no_letter_no_leaving",
                condition=Q(letter__isnull=False) | Q(state__in=["waiting", "failed", "excluded"]),
            ),
        ]
        indexes = [models.Index(fields=["broadcast", "state", "id"], name="recipient_state")]
