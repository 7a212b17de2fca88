"""Listing who gets a broadcast, in batches of customers: each once, whatever found them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.features.broadcasts import events, queries
from ombud.features.broadcasts.models import Affected, Incident, Recipient, Standing, State, Why
from ombud.foundation.people.models import Customer
from ombud.foundation.people.permissions import ANSWER, require
from ombud.foundation.post.queries import is_our_address, mailboxes
from ombud.lib.mail import clean_address

from .wording import locked

BATCH = 500  # customers; on SQLite the write lock is held for a batch


@transaction.atomic
def list_recipients(broadcast, *, by, now):
    """List all who are affected now; who is listed stays. It is worked in batches. Raises ValidationError."""
    require(by, ANSWER)
    broadcast = locked(broadcast)
    if broadcast.is_running:
        raise ValidationError(_("It is at work. Stop it, or wait until it is done."))
    broadcast.state, broadcast.due_at, broadcast.reached = State.LISTING, now, 0
    broadcast.save(update_fields=["state", "due_at", "reached"])
    return broadcast


def list_batch(broadcast, now):
    """List the next customers; at the end the broadcast is ready."""
    incident = Incident.objects.select_for_update().get(pk=broadcast.incident_id)  # two lists of one wave
    ids = _next_customers(broadcast)
    if ids:
        _list(broadcast, incident, ids)
        broadcast.reached = ids[-1]
    if len(ids) == BATCH:
        broadcast.due_at = now
    else:
        broadcast.state, broadcast.due_at = State.READY, None
        listed = Recipient.objects.filter(broadcast=broadcast).count()
        events.LISTED.record(case=incident.case_id, now=now, broadcast=broadcast.pk, listed=listed)
    broadcast.save(update_fields=["state", "due_at", "reached"])


def _next_customers(broadcast):
    if broadcast.corrects:
        rows = queries.with_old_text(broadcast.corrects)
    else:
        rows = Affected.objects.filter(incident=broadcast.incident_id)
    beyond = rows.filter(customer__gt=broadcast.reached).order_by("customer")
    return list(beyond.values_list("customer", flat=True).distinct()[:BATCH])


def _list(broadcast, incident, ids):
    on_it = set(
        Recipient.objects.filter(broadcast=broadcast, customer__in=ids).values_list("customer", flat=True)
    )
    customers = Customer.objects.select_related("account").in_bulk([pk for pk in ids if pk not in on_it])
    threads = _threads(incident, customers)
    wave = Recipient.objects.filter(incident=incident, wave=broadcast.wave, customer__in=customers)
    told = set(wave.exclude(state=Standing.EXCLUDED).values_list("customer", flat=True))
    by_hand = queries.excluded_customers(incident, list(customers))
    ours = {mailbox.domain.lower() for mailbox in mailboxes()}
    Recipient.objects.bulk_create(
        _recipient(broadcast, incident, customer, threads.get(pk), told, by_hand, ours)
        for pk, customer in customers.items()
    )


def _recipient(broadcast, incident, customer, ticket, told, by_hand, ours):
    why, words = _why_not(customer, told, by_hand, ours)
    return Recipient(
        broadcast=broadcast,
        incident=incident,
        wave=broadcast.wave,
        customer=customer,
        ticket=ticket,
        language=queries.language_of(ticket, customer, broadcast.fallback),
        state=Standing.EXCLUDED if why else Standing.WAITING,
        why=why,
        words=words,
    )


def _why_not(customer, told, by_hand, ours):
    """Why somebody gets no letter, and in words; empty when they get one."""
    if customer.pk in by_hand:
        return Why.HAND, by_hand[customer.pk]
    if customer.pk in told:
        return Why.TOLD, ""
    if clean_address(customer.email) is None:
        return Why.NO_ADDRESS, ""
    if customer.blocked_at:
        return Why.BLOCKED, ""
    domain = customer.email.lower().rpartition("@")[2]
    if domain in ours and is_our_address(customer.email):
        return Why.OURS, ""
    return "", ""


def _threads(incident, customers):
    """{customer id: the ticket in whose thread they are told}: one that is not done, else the newest."""
    rows = Affected.objects.filter(
        incident=incident, customer__in=customers, ticket__isnull=False, excluded_at=None
    )
    found = {}
    for row in rows.select_related("ticket").order_by("pk"):
        ticket = row.ticket
        if ticket.merged_into_id or ticket.customer_id != row.customer_id:
            continue  # it is somebody else's by now, or goes on elsewhere
        best = found.get(row.customer_id)
        if best is None or _rank(ticket) > _rank(best):
            found[row.customer_id] = ticket
    return found


def _rank(ticket):
    return not ticket.is_done, ticket.last_message_at, ticket.pk
