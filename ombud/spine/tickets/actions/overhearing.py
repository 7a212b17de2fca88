"""What we said outside of the desk."""

from django.db import transaction

from ombud.spine.tickets import events
from ombud.spine.tickets.changing import change, preview_of
from ombud.spine.tickets.models import Message, Status

from .opening import write_down


@transaction.atomic
def overhear(ticket, said, *, by, channel, now):
    """One of ours answered from their own mail program, with us in copy: a reply that has left."""
    message = write_down(ticket, said, kind=Message.Kind.REPLY, channel=channel, now=now, by_person=by)
    message.delivery = Message.Delivery.SENT
    message.save(update_fields=["delivery"])
    newest = max(ticket.last_message_at, message.happened_at)
    columns = {"last_message_at": newest, "waiting_since": None}
    if newest == message.happened_at:
        columns["preview"] = preview_of(said.text)
    old = ticket.status
    if old in (Status.NEW, Status.OPEN):
        columns["status"] = Status.WAITING
    change(ticket, by=by, now=now, **columns)
    events.REPLIED.record(case=ticket.case_id, by=by, now=now, ticket=ticket.pk, message=message.pk)
    events.REPLY_SENT.record(case=ticket.case_id, by=by, now=now, ticket=ticket.pk, message=message.pk)
    if ticket.status != old:
        events.STATUS_SET.record(
            case=ticket.case_id, by=by, now=now, ticket=ticket.pk, old=old, new=ticket.status
        )
    return message
