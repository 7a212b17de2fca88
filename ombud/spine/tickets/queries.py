"""Questions about tickets. What a person may see starts at `visible_to(person)`, everywhere."""

from collections import defaultdict

from django.db.models import Q

from ombud.foundation.notifications.models import Notice
from ombud.foundation.people.models import Team
from ombud.foundation.people.permissions import SEE_ALL, may
from ombud.foundation.post.models import Mailbox
from ombud.lib.prepared import Prepared

from .models import Link, Message, Ticket

REFERENCES = 20  # as many Message-IDs of a thread as a reply names


def visible_to(person):
    """The tickets a person may see. Merged ones are in no list and no count."""
    tickets = Ticket.objects.filter(merged_into=None)
    if may(person, SEE_ALL):
        hidden = _private_teams_without(person)
        return tickets.exclude(team_id__in=hidden) if hidden else tickets
    if not person.is_active:
        return tickets.none()
    told = Notice.objects.filter(person=person, case__isnull=False).values("case_id")
    return tickets.filter(
        Q(assignee=person)
        | Q(heard_by=person)
        | Q(account__in=person.seats.values("account_id"))
        | Q(pk__in=told)
    )


def visible_to_machines():
    """The tickets a machine of its own may see: all but those of private teams, as it is in none."""
    hidden = list(Team.objects.filter(private=True).values_list("pk", flat=True))
    tickets = Ticket.objects.filter(merged_into=None)
    return tickets.exclude(team_id__in=hidden) if hidden else tickets


_PRIVATE = Prepared(lambda: Team.objects.filter(private=True).values_list("pk", flat=True))


def _private_teams_without(person):
    private = set(_PRIVATE())
    # Most desks have none; where there are some, two plain questions cost less than one inside the other.
    return private.difference(person.teams.values_list("pk", flat=True)) if private else private


def by_number(person, number):
    """The ticket with this number, or its survivor; Ticket.DoesNotExist if it is not theirs to see."""
    return numbered(visible_to(person), number)


def numbered(tickets, number):
    """The same among `tickets`."""
    ticket = Ticket.objects.filter(number=number).only("pk", "merged_into_id").first()
    if ticket is None:
        raise Ticket.DoesNotExist
    return tickets.get(pk=ticket.merged_into_id or ticket.pk)


def undone(tickets):
    """Those that still need somebody."""
    return tickets.filter(resolved_at=None)


def oldest_untouched(tickets):
    """What nobody of ours has done anything about, the longest waiting first (M12)."""
    return tickets.filter(touched_at=None, waiting_since__isnull=False).order_by("waiting_since", "number")


def thread(ticket):
    """Everything said on a ticket (or a ticket's id), in order, with who said it."""
    return (
        Message.objects.filter(ticket=ticket)
        .select_related("by_person", "by_customer")
        .prefetch_related("attachments")
        .order_by("happened_at", "id")
    )


def customer_sees(ticket):
    """Exactly what the customer may read of a thread."""
    return thread(ticket).exclude(kind__in=Message.INSIDE)


def last_received(ticket):
    """The customer's newest word, or None."""
    return ticket.messages.filter(kind=Message.Kind.RECEIVED).order_by("-happened_at", "-id").first()


def unanswered_since(ticket):
    """When the customer first wrote after our last reply; None when the last word was ours."""
    said = ticket.messages.filter(kind__in=[Message.Kind.RECEIVED, Message.Kind.REPLY], auto=False)
    since = None
    for kind, happened_at in said.order_by("-happened_at", "-id").values_list("kind", "happened_at")[:50]:
        if kind == Message.Kind.REPLY:
            break
        since = happened_at
    return since


def our_addresses():
    """Every mailbox address of ours, in lower case."""
    return {address.lower() for address in Mailbox.objects.values_list("address", flat=True)}


def cc_of(ticket, newest=None):
    """Who was in Cc, or beside us in To, of the customer's newest message: replies keep them."""
    newest = newest or last_received(ticket)
    if newest is None:
        return []
    others = _beside([*newest.to, *newest.cc], {ticket.mailbox.address.lower()} if ticket.mailbox else ())
    if others:  # mostly there is nobody but the mailbox itself
        others = _beside(others, our_addresses())
    if newest.from_address and newest.from_address.lower() != ticket.customer.email.lower():
        others.insert(0, [newest.from_name, newest.from_address])
    return others


def _beside(pairs, ours):
    return [pair for pair in pairs if _base(pair[1]) not in ours]


def _base(address):
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def ids_before(ticket):
    """The Message-IDs of a thread as the customer knows it, oldest first, for References."""
    ids = (
        ticket.messages.exclude(message_id="")
        .exclude(kind__in=Message.INSIDE)
        .order_by("-happened_at", "-id")
        .values_list("message_id", flat=True)[:REFERENCES]
    )
    return list(reversed(ids))


def ids_before_each(tickets):
    """{ticket id: what `ids_before` says of it} for many tickets."""
    said = Message.objects.filter(ticket__in=tickets).exclude(message_id="")
    rows = said.exclude(kind__in=Message.INSIDE).order_by("happened_at", "id")
    ids = defaultdict(list)
    for ticket, message_id in rows.values_list("ticket", "message_id"):
        ids[ticket].append(message_id)
    return {ticket: theirs[-REFERENCES:] for ticket, theirs in ids.items()}


def links_of(ticket):
    """The links of a ticket or of a ticket's id, whichever end it is."""
    return Link.objects.filter(Q(one=ticket) | Q(other=ticket))


def earlier_of(ticket, tickets):
    """Other tickets of the same customer, the newest first."""
    return tickets.filter(customer=ticket.customer_id).exclude(pk=ticket.pk).order_by("-last_message_at")
