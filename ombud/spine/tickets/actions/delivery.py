"""What became of our mails."""

from django.db import transaction

from ombud.foundation.notifications.actions import tell
from ombud.spine.tickets import events
from ombud.spine.tickets.changing import change
from ombud.spine.tickets.models import Message, Status


@transaction.atomic
def bounced(message, *, now, reason=""):
    """A mail of ours came back: it is marked, the ticket is ours to move again, its people are told."""
    message.delivery = Message.Delivery.FAILED
    message.save(update_fields=["delivery"])
    ticket = message.ticket
    events.BOUNCED.record(case=ticket.case_id, now=now, ticket=ticket.pk, message=message.pk)
    attend(message, "bounced", now)


def attend(message, kind, now):
    """Somebody must look: reopen what waited for the customer, and tell who wrote and who holds it."""
    ticket = message.ticket
    if ticket.status == Status.WAITING:
        change(ticket, by=None, now=now, status=Status.OPEN, waiting_since=now)
        events.STATUS_SET.record(
            case=ticket.case_id, now=now, ticket=ticket.pk, old=Status.WAITING, new=Status.OPEN
        )
    people = {person for person in (message.by_person, ticket.assignee) if person}
    tell(people, kind, case=ticket.case, key=f"{kind}:{message.pk}", now=now)
