"""Writing first: a ticket that begins with our own word."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.events.models import Case
from ombud.foundation.people.permissions import ANSWER, require
from ombud.spine.tickets import events
from ombud.spine.tickets.changing import change, moved
from ombud.spine.tickets.models import Status, Ticket
from ombud.spine.tickets.numbers import next_number

from .writing import reply


@transaction.atomic
def begin(*, customer, mailbox, subject, by, now, text="", html="", attachments=()):
    """Write to a customer who did not write first; the ticket is the writer's, and waits for the customer."""
    require(by, ANSWER)
    if not customer.email:
        raise ValidationError(_("There is no mail address to write to."))
    ticket = Ticket.objects.create(
        case=Case.objects.create(kind="ticket"),
        number=next_number(),
        subject=" ".join(subject.split())[:500],
        status=Status.OPEN,
        assignee=by,
        team=mailbox.team if mailbox else None,
        mailbox=mailbox,
        customer=customer,
        account_id=customer.account_id,
        channel="email",
        language=customer.language,
        created_at=now,
        updated_at=now,
        touched_at=now,
        last_message_at=now,
    )
    message = reply(
        ticket, by=by, now=now, text=text, html=html, cc=[], attachments=attachments, status=Status.OPEN
    )
    events.OPENED.record(
        case=ticket.case_id, by=by, now=now, ticket=ticket.pk, channel="email", message=message.pk
    )
    change(ticket, by=by, now=now, status=Status.WAITING)
    moved(ticket, Status.OPEN, by=by, now=now)
    ticket.first_message = message
    return ticket
