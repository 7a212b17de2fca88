"""Offers to keep a clock on what one of ours promised in a reply."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ombud.spine.tickets.models import Message, Ticket

from .promises import Promise


class Offer(models.Model):
    """Somebody wrote “I'll call you tomorrow by three”: shall a clock be kept on it?

    `quote` is the sentence, `due_at` the time it names. `ours`: it was said on our clock, not the customer's.
    Whoever wrote it accepts (then there is a `promise`) or declines; an offer whose time has come is over.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", db_index=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    quote = models.CharField(max_length=300)
    due_at = models.DateTimeField()
    ours = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    promise = models.OneToOneField(Promise, models.SET_NULL, null=True, related_name="offer")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "due_at"], name="an_offer_once")]
        indexes = [
            models.Index(fields=["ticket", "due_at"], name="offer_open", condition=Q(settled_at__isnull=True))
        ]
