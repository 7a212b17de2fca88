"""What the desk has promised itself to do."""

from django.db import models
from django.db.models import Q

from ombud.foundation.clock.due import DueQuerySet
from ombud.spine.tickets.models import Ticket


class Acknowledging(models.Model):
    """The one acknowledgement of a ticket: due, or done, or why there is none."""

    class Outcome(models.TextChoices):
        WAITING = ""
        SENT = "sent"
        MERGED_AWAY = "merged_away"  # the ticket it leads to has its own
        ALREADY = "already"  # a ticket that was merged into this one had brought it along
        ANSWERED = "answered"  # a person was quicker
        NO_ADDRESS = "no_address"
        AUTOMATIC = "automatic"  # a machine wrote it; two machines could go on for ever
        OLD = "old"  # imported, or fetched from a mailbox that was full already
        OUR_OWN = "our_own"  # it would come back to ourselves
        BLOCKED = "blocked"
        SWITCHED_OFF = "switched_off"
        TOO_MANY = "too_many"

    ticket = models.OneToOneField(Ticket, models.CASCADE, primary_key=True, related_name="acknowledging")
    due_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.WAITING, blank=True)
    done_at = models.DateTimeField(null=True)

    objects = DueQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "ticket"], name="acknowledging_due", condition=Q(due_at__isnull=False)
            ),
            models.Index(fields=["done_at"], name="acknowledging_sent", condition=Q(outcome="sent")),
        ]
