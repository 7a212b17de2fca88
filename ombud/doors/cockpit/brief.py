"""What one should know before one calls (P15): from the data, and from what colleagues wrote down."""

from django.utils.translation import gettext as _

from ombud.spine.tickets.models import Message
from ombud.ui.times import span, when_words

from . import clocks

OWN_WORDS = 2  # the customer's newest messages that are quoted
LONG = 240  # characters of each


def late_updates(updates, escalation, now):
    """Updates that came late, or are late now, in sentences."""
    said = [
        _("Update %(number)s came %(time)s late.")
        % {"number": one.number, "time": span(one.sent_at - one.due_at)}
        for one in updates
        if one.due_at and not one.kept
    ]
    due = escalation.next_update_at
    if due and due <= now:
        said.append(_("The update due %(due)s is still owed.") % {"due": when_words(due, now)})
    return said


def own_words(ticket_ids):
    """What the customer wrote last, in their own words."""
    received = Message.objects.filter(ticket__in=ticket_ids, kind=Message.Kind.RECEIVED, auto=False)
    newest = received.select_related("by_customer").order_by("-happened_at", "-id")[:OWN_WORDS]
    return [(message, _cut(message.text)) for message in newest if message.text.strip()]


def _cut(text):
    words = " ".join(text.split())
    return words if len(words) <= LONG else words[:LONG].rstrip() + "…"


def missed(promises, updates, escalation, now):
    """Everything that was promised to them and missed."""
    return clocks.missed(promises, now) + late_updates(updates, escalation, now)
