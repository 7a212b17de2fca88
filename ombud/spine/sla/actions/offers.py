"""Offering to keep a clock on what was promised in a reply; taking an offer, or not."""

from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ombud.foundation.people.models import Company
from ombud.foundation.people.permissions import ANSWER, require
from ombud.foundation.people.zones import zone_of
from ombud.lib.promised_words import find
from ombud.spine.sla import events
from ombud.spine.sla.models import Offer
from ombud.spine.tickets.models import Message

from .words import promise


def offer_clocks(message, *, now):
    """Offer the writer of a reply a clock for each thing that they promised in it. Twice is once.

    Times are on the customer's clock where their zone is known, on the writer's otherwise.
    """
    writer = message.by_person
    if message.kind != Message.Kind.REPLY or writer is None:
        return
    ours = _zone_of(writer)
    zone = zone_of(message.ticket.customer, message.ticket.account) or ours
    made = [
        Offer(
            ticket_id=message.ticket_id,
            message=message,
            by=writer,
            quote=found.quote,
            due_at=found.due_at,
            ours=found.ours or zone == ours,
            made_at=now,
        )
        for found in find(message.text, message.created_at, zone, ours)
        if found.due_at > now
    ]
    if not made:
        return
    with transaction.atomic():
        before = set(Offer.objects.filter(message=message).values_list("due_at", flat=True))
        Offer.objects.bulk_create(made, ignore_conflicts=True)
        if any(offer.due_at not in before for offer in made):
            events.OFFERED.record(
                case=message.ticket.case_id, by=writer, now=now, ticket=message.ticket_id, message=message.pk
            )


def _zone_of(writer):
    if writer.time_zone:
        return writer.zone
    company = Company.ours()
    return ZoneInfo(company.time_zone if company else "UTC")


def take_back_offers(message_id, *, now):
    """The reply was taken back: nothing in it was promised."""
    Offer.objects.filter(message=message_id, settled_at=None).update(settled_at=now)


@transaction.atomic
def accept_offer(offer, *, by, now, due_at=None):
    """Keep a clock on it, until the time it names or another one; answers with the promise."""
    offer = _open(offer, by)
    if offer.settled_at:
        return offer.promise
    offer.promise = promise(offer.ticket, due_at or offer.due_at, offer.quote, by=by, now=now)
    offer.settled_at = now
    offer.save(update_fields=["promise", "settled_at"])
    return offer.promise


@transaction.atomic
def decline_offer(offer, *, by, now):
    """No clock; it is not offered again."""
    offer = _open(offer, by)
    if offer.settled_at is None:
        offer.settled_at = now
        offer.save(update_fields=["settled_at"])


def _open(offer, by):
    """The offer as it is now; only who promised it decides."""
    require(by, ANSWER)
    if offer.by_id != by.pk:
        raise PermissionDenied
    return Offer.objects.select_for_update(of=("self",)).select_related("ticket", "promise").get(pk=offer.pk)
