"""What an event of a ticket means for its book; the live desk and the recount read events by one table."""

from datetime import timedelta

from ombud.foundation.events.models import Event
from ombud.spine.tickets import events as tickets
from ombud.spine.tickets.models import Message, Ticket

from .models import Agreement

TOO_OLD = timedelta(days=3)  # longer than a weekend without power; older mail comes from an archive


def is_old(said_at, came_at):
    """Whether this was said so long before it came in that it is a memory, not a question."""
    return came_at - said_at > TOO_OLD


def opened_tickets(events):
    """{ticket id: (ticket, first message or None)} of tickets that were opened."""
    found = Ticket.objects.select_related("account").in_bulk([event.data["ticket"] for event in events])
    first = Message.objects.in_bulk([event.data["message"] for event in events])
    return {
        event.data["ticket"]: (found[event.data["ticket"]], first.get(event.data["message"]))
        for event in events
    }


def owed_since(message):
    """Since when the customer's first word waits for an answer; None when the first word was ours."""
    return message.created_at if message.kind == Message.Kind.RECEIVED else None


def _received(book, event):
    if _counts(event):
        book.wrote(event.happened_at)


def _counts(event):
    """Whether this word of the customer's asks for an answer: no machine's, and no memory."""
    message = Message.objects.filter(pk=event.data["message"]).first()
    return bool(message) and not message.auto and not is_old(message.happened_at, event.happened_at)


def _replied(book, event):
    if event.actor_id is None:
        return  # a machine's answer is nobody's word
    message = Message.objects.filter(pk=event.data["message"]).first()
    book.answered(event.happened_at)
    if message and message.letter_id is None:  # nothing has to travel: a call, a conversation
        book.sent(event.happened_at, pressed_at=event.happened_at)


def _sent(book, event):
    if event.actor_id is None:
        return
    message = Message.objects.filter(pk=event.data["message"]).first()
    if message:
        book.sent(event.happened_at, message.created_at, wrote_since=_wrote_after(message, event))


def _wrote_after(message, sent):
    """When the customer wrote again while our reply was on its way; None when they did not."""
    pressed_at, pressed = message.created_at, False
    meanwhile = Event.objects.filter(
        case_id=sent.case_id,
        verb__in=[tickets.REPLIED.name, tickets.RECEIVED.name],
        happened_at__gte=pressed_at,
        id__lt=sent.pk,
    )
    for event in meanwhile.order_by("id"):
        if event.verb == tickets.REPLIED.name:
            pressed = pressed or event.data["message"] == message.pk
        elif (pressed or event.happened_at > pressed_at) and _counts(event):
            return event.happened_at
    return None


def _bounced(book, event):
    """The customer never read it: they still wait."""
    if Message.objects.filter(pk=event.data["message"], kind=Message.Kind.REPLY).exists():
        book.wrote(event.happened_at)


def _not_sent(book, event):
    book.not_answered(event.happened_at)


def _status(book, event):
    book.moved(event.happened_at, event.data["new"])


def _reopened(book, event):
    book.reopened(event.happened_at)


def _merged_away(book, event):
    book.merged_away(event.happened_at)


def _merged(book, event):
    other = Agreement.objects.filter(pk=event.data["other"]).first()
    if other:
        book.took_over(event.happened_at, other.owed_since)


HEARD = {
    tickets.RECEIVED: _received,
    tickets.REPLIED: _replied,
    tickets.REPLY_SENT: _sent,
    tickets.REPLY_FAILED: _not_sent,
    tickets.REPLY_TAKEN_BACK: _not_sent,
    tickets.BOUNCED: _bounced,
    tickets.STATUS_SET: _status,
    tickets.REOPENED: _reopened,
    tickets.MERGED_AWAY: _merged_away,
    tickets.MERGED: _merged,
}
READ = {verb.name: read for verb, read in HEARD.items()}
