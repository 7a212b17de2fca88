"""Questions about promises, asked by whoever shows them."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from ombud.lib.prepared import Among, Prepared

from .models import Offer, Promise
from .queries import urgency
from .terms import read


def promise_called(ticket_id, pk):
    """One promise of a ticket with its policy and who gave their word; Promise.DoesNotExist if it is not."""
    return Promise.objects.select_related("version__policy", "by").get(ticket_id=ticket_id, pk=pk)


def owed():
    """Promises that are still owed with the terms they stand on, to be fetched for many tickets at once."""
    return Promise.objects.owed().select_related("version").order_by("id")


def _every():
    """All that was ever promised on some tickets, with policies."""
    every = Promise.objects.filter(ticket__in=Among("tickets")).select_related("version__policy", "by")
    return every.order_by("ticket_id", "id")


_EVERY = Prepared(_every)


def shown_on(ticket_ids):
    """{ticket id: [promise]} of all that was ever promised on tickets, with policies, the oldest first."""
    found = defaultdict(list)
    for promise in _EVERY(tickets=ticket_ids):
        found[promise.ticket_id].append(promise)
    return found


def priority_of(promise, now):
    """The priority by which a promise was measured: `now` the ticket's, if its target is this one; or ""."""
    targets = read(promise.version.terms).targets if promise.version else {}
    measure = (promise.seconds, promise.calendar_id)
    fitting = [level for level, kinds in targets.items() if _measures(kinds.get(promise.kind)) == measure]
    return now if now in fitting else min(fitting, default="")


def _measures(target):
    return target and (target.seconds, target.calendar)


def offers_to(person, now):
    """Offers that this person may still take or leave, by what they wrote in their replies."""
    return Offer.objects.filter(by=person, settled_at=None, due_at__gt=now).order_by("due_at")


def open_offers(ticket_id, person, now):
    """Those of them on one ticket."""
    return list(offers_to(person, now).filter(ticket_id=ticket_id))


def offer_called(ticket_id, pk):
    """One offer of a ticket; Offer.DoesNotExist if it is not."""
    return Offer.objects.get(ticket_id=ticket_id, pk=pk)


class Owed(NamedTuple):
    """What a list needs of a promise; as models, those of fifty tickets take three times as long."""

    ticket_id: int
    kind: str
    state: str
    seconds: int
    calendar_id: int | None
    started_at: datetime
    due_at: datetime | None
    pauses: list
    left: int | None
    answered_at: datetime | None
    words: str


_OWED = Prepared(
    lambda: Promise.objects.owed().filter(ticket__in=Among("tickets")).values_list(*Owed._fields)
)


def most_urgent_on(ticket_ids):
    """{ticket id: Owed} of the promise that is due first on each ticket; a paused one where all are."""
    found = {}
    for owed_one in map(Owed._make, _OWED(tickets=ticket_ids)):
        other = found.get(owed_one.ticket_id)
        if other is None or urgency(owed_one) < urgency(other):
            found[owed_one.ticket_id] = owed_one
    return found
