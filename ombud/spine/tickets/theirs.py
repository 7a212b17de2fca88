"""What a customer may see of tickets on their own pages: the narrow side of `queries`.

Whoever shows something to a customer asks here; nothing that is inside ever passes.
"""

from django.db.models import Q

from ombud.foundation.people.models import CustomerAddress
from ombud.foundation.post.models import Letter

from . import queries
from .models import Attachment, Message, Ticket


def requests_of(customer, *, company=False):
    """The tickets that a customer may follow: their own; `company`: those of their account, if they may."""
    tickets = Ticket.objects.filter(merged_into=None)
    if company and sees_company(customer):
        return tickets.filter(Q(customer=customer) | Q(account=customer.account_id))
    return tickets.filter(customer=customer)


def sees_company(customer):
    """Whether they follow the requests of their colleagues, too: one of ours said so."""
    return bool(customer.sees_company and customer.account_id)


def request_called(customer, number):
    """The ticket with this number, or its survivor; Ticket.DoesNotExist if it is not theirs to follow."""
    return queries.numbered(requests_of(customer, company=True), number)


def brand_of(ticket):
    """The brand that a ticket carries by its mailbox; None where the page's own, or the default, will do."""
    brand = ticket.mailbox.brand if ticket.mailbox else None
    return brand if brand and not brand.archived_at else None


def read_by_customer(ticket, now):
    """The messages of a thread that its customer may read, the oldest first.

    Not what is inside, nor a reply that can still be taken back. A merge may have brought words of a stranger
    along: those are read only if they were addressed to the customer's side.
    """
    held = Q(
        delivery=Message.Delivery.WAITING,
        letter__state=Letter.State.WAITING,
        letter__attempts=0,
        letter__leased_at=None,
        letter__due_at__gt=now,
    )
    said = list(queries.customer_sees(ticket).exclude(held))
    theirs = _theirs(ticket, said)
    return [message for message in said if _is_for(ticket, message, theirs)]


def files_for_customer(ticket, now):
    """The files of those messages."""
    read = [message.pk for message in read_by_customer(ticket, now)]
    return Attachment.objects.filter(message__in=read)


def _theirs(ticket, said):
    """The addresses in a thread that belong to the customer's side: their own, and their colleagues'."""
    named = {message.from_address.lower() for message in said}
    named |= {pair[1].lower() for message in said for pair in (*message.to, *message.cc, *message.bcc)}
    side = Q(customer=ticket.customer_id)
    if ticket.account_id:
        side |= Q(customer__account=ticket.account_id)
    return set(CustomerAddress.objects.filter(side, address__in=named).values_list("address", flat=True))


def _is_for(ticket, message, theirs):
    by = message.by_customer
    if by is not None and (
        by.pk == ticket.customer_id or (ticket.account_id and by.account_id == ticket.account_id)
    ):
        return True
    addressed = {pair[1].lower() for pair in (*message.to, *message.cc, *message.bcc)}
    if message.kind != Message.Kind.RECEIVED and not addressed:
        return True  # said by telephone, or in person
    return message.from_address.lower() in theirs or bool(addressed & theirs)
