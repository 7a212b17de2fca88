"""What the ticket does at once when the post says what became of a letter."""

from ombud.foundation.post import events as post
from ombud.foundation.post.models import Letter

from . import events
from .actions.delivery import attend
from .models import Message


def _message(event):
    return (
        Message.objects.filter(letter_id=event.data["letter"])
        .select_related("ticket__assignee", "ticket__case", "by_person", "letter")
        .first()
    )


@post.LETTER_SENT.reaction
def mark_sent(event):
    """A reply counts when it was accepted for delivery, not when a button was pressed."""
    message = _message(event)
    if message is None:
        return
    kept = message.letter.state == Letter.State.KEPT
    message.delivery = Message.Delivery.KEPT if kept else Message.Delivery.SENT
    message.save(update_fields=["delivery"])
    if message.kind == Message.Kind.REPLY:
        ticket = message.ticket
        events.REPLY_SENT.record(
            case=ticket.case_id,
            by=message.by_person,
            now=event.happened_at,
            ticket=ticket.pk,
            message=message.pk,
        )


@post.LETTER_FAILED.reaction
def mark_failed(event):
    """A dead letter is shown on the message, and its people are told."""
    message = _message(event)
    if message is None:
        return
    message.delivery = Message.Delivery.FAILED
    message.save(update_fields=["delivery"])
    ticket = message.ticket
    events.REPLY_FAILED.record(
        case=ticket.case_id, now=event.happened_at, ticket=ticket.pk, message=message.pk
    )
    attend(message, "failed", event.happened_at)
