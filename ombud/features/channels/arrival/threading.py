"""Which ticket something belongs to, in any order of arrival. Nothing else decides that.

A parent that is missing is awaited (`AwaitedParent`): when it arrives it joins the tickets that its answers
opened, and these are merged. Who may join is decided in `strangers`; our signed token is above it.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta

from ombud.foundation.people.queries import FREE_MAIL
from ombud.lib.mail import subject_core
from ombud.spine.tickets.models import Message, Ticket
from ombud.spine.tickets.numbers import number_from

from .known import nearest, survivor
from .strangers import company_of, company_of_arrived

# By the subject alone only what is fresh is joined: people use "Invoice" again every month.
RECENT = timedelta(days=14)
MOST_RECENT = 20
_NUMBER = re.compile(r"\[#(\d{1,10})\]")


@dataclass
class Place:
    """Where something belongs: `ticket` is None for a new one; `others` turn out to be the same conversation.

    `answered` is the message that it answers; it is a `parent` if answers to it came before it.
    """

    ticket: Ticket | None = None
    why: str = ""
    answered: Message | None = None
    others: list = field(default_factory=list)
    parent: bool = False


def place_of(row, arrived, known):
    """Find the ticket, and those that must be merged with it."""
    place = (
        _answered(row, arrived, known)
        or _by_token(row, known)
        or _by_ancestor(row, arrived, known)
        or _by_sibling(row, arrived, known)
        or _by_subject(row, arrived, known)
        or Place()
    )
    _join_children(place, row, arrived, known)
    return place


def may_join(row, arrived, ticket, known, id_=""):
    """Whether its sender may write in a ticket to whose message it refers."""
    if row.trusted or (id_ and number_from(id_)):
        return True
    customer = known.customers.get(arrived.sender)
    if customer is not None and customer.pk == ticket.customer_id:
        return True
    if arrived.sender in known.persons and not arrived.forged:
        return True
    return company_of(ticket, known).knows(arrived.sender, customer)


def _answered(row, arrived, known):
    return _by_id(arrived.answers, row, arrived, known) if arrived.answers else None


def _by_id(id_, row, arrived, known):
    for message in reversed(known.messages.get(id_, ())):
        ticket = survivor(message.ticket)
        if may_join(row, arrived, ticket, known, id_):
            return Place(ticket, "It answers a message of this ticket.", message)
    return None


def _by_token(row, known):
    in_address, in_references = known.token_numbers[id(row)]
    for number, where in ((in_address, "address"), (in_references, "References")):
        if number and number in known.tickets:
            return Place(known.tickets[number], f"Our own token stands in its {where}.")
    return None


def _by_ancestor(row, arrived, known):
    for id_ in reversed(nearest(arrived.said.references)):
        if place := _by_id(id_, row, arrived, known):
            return place
    return None


def _by_sibling(row, arrived, known):
    """Both answer a message that nobody has seen, and each names the other, or one person wrote both."""
    named = company_of_arrived(arrived, known)
    for id_ in reversed(nearest(arrived.said.references)):
        if id_ in known.messages:
            continue
        for sibling in known.awaited.get(id_[:250], ()):
            ticket = survivor(sibling.ticket)
            back = (
                sibling.from_address.lower() in named.addresses or sibling.by_customer_id in named.customers
            )
            if row.trusted or (back and may_join(row, arrived, ticket, known)):
                return Place(ticket, "Both it and a message of this ticket answer one that is still missing.")
    return None


def _by_subject(row, arrived, known):
    """Only an answer that names no other message, from somebody of the same thread, lately."""
    said = arrived.said
    marked = _NUMBER.search(said.subject)
    if marked and (ticket := _numbered(int(marked.group(1)))) and may_join(row, arrived, ticket, known):
        return Place(ticket, "Its subject names this ticket, and its sender is in it.")
    customer = known.customers.get(arrived.sender)
    core = subject_core(said.subject)
    if customer is None or said.references or not arrived.is_reply or not core:
        return None
    lately = Ticket.objects.filter(
        customer=customer, merged_into=None, last_message_at__gte=row.received_at - RECENT
    ).order_by("-last_message_at")
    for ticket in lately.select_related("customer")[:MOST_RECENT]:
        if subject_core(ticket.subject).casefold() == core.casefold():
            return Place(ticket, "It answers this ticket's subject, and the same customer wrote both.")
    return None


def _numbered(number):
    ticket = Ticket.objects.filter(number=number).select_related("customer", "merged_into__customer").first()
    return ticket and survivor(ticket)


def _join_children(place, row, arrived, known):
    """The answers that came before it: their tickets are its own, if it knows those who wrote them."""
    children = known.awaited.get(arrived.said.message_id[:250], ()) if arrived.said.message_id else ()
    if not children:
        return
    named = company_of_arrived(arrived, known)
    for child in children:
        ticket = survivor(child.ticket)
        if place.ticket is not None and ticket.pk == place.ticket.pk:
            continue
        if not (row.trusted or _is_parent(arrived, named, child, ticket, known)):
            continue
        place.parent = True
        if place.ticket is None:
            place.ticket, place.why = ticket, "An answer to it came before it and opened this ticket."
        elif ticket.pk not in {other.pk for other in place.others}:
            place.others.append(ticket)


def _is_parent(arrived, named, child, ticket, known):
    """Whether something that claims to be what a message answers is believed to be it.

    It must name whoever wrote the answer; and the ticket must know its sender, or both are of one company.
    Else somebody who saw a Message-ID could walk into the ticket of a person whom he puts into Cc.
    """
    wrote = child.from_address.lower()
    if child.by_person_id is None and not named.knows(wrote, child.by_customer):
        return False
    if company_of(ticket, known).knows(arrived.sender, known.customers.get(arrived.sender)):
        return True
    domain = wrote.rpartition("@")[2]
    return domain not in FREE_MAIL and domain == arrived.sender.rpartition("@")[2]
