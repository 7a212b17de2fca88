"""What the ticket does at once when the post says what became of a letter."""

from itertools import groupby

from ombud.foundation.people.models import Person
from ombud.foundation.post import events as post
from ombud.foundation.post.models import Letter

from . import events
from .actions.delivery import attend
from .models import Message

DELIVERED = {
    Letter.State.SENT: Message.Delivery.SENT,
    Letter.State.KEPT: Message.Delivery.KEPT,
}


def _message(event):
    return (
        Message.objects.filter(letter_id=event.data["letter"])
        .select_related("ticket__assignee", "ticket__case", "by_person", "letter")
        .first()
    )


@post.LETTER_SENT.batch_reaction
def mark_sent(happened):
    """A reply counts when it was accepted for delivery, not when a button was pressed."""
    letters = [event.data["letter"] for event in happened]
    found = Message.objects.filter(letter__in=letters).order_by("letter")
    told = list(found.values_list("pk", "kind", "ticket", "by_person", "letter__state"))
    for state, delivery in DELIVERED.items():
        if marked := [pk for pk, _kind, _ticket, _by, its_state in told if its_state == state]:
            Message.objects.filter(pk__in=marked).update(delivery=delivery)
    replies = [row for row in told if row[1] == Message.Kind.REPLY]
    writers = Person.objects.in_bulk({by for _pk, _kind, _ticket, by, _state in replies if by})
    for by, group in groupby(replies, key=lambda row: row[3]):
        # A ticket's key is its case's.
        events.REPLY_SENT.record_many(
            [(ticket, {"ticket": ticket, "message": pk}) for pk, _kind, ticket, _by, _state in group],
            by=writers.get(by),
            now=happened[0].happened_at,
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
