"""The links by which the customer reaches what we do about it: who has one, and when it was last opened."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from ombud.spine.escalations.models import Pass
from ombud.spine.escalations.passes import token_of


@dataclass(frozen=True)
class Link:
    """One link. `whose` is None for the one that everybody in the thread has."""

    given: Pass
    whose: object
    number: int
    href: str


def of(escalation, tickets, now):
    """The links that hold, of the tickets that one may see; and whom one could give one. Two questions."""
    if not _has_rooms() or not tickets:
        return {"room_links": [], "linkless": [], "has_rooms": False}
    numbers = {one.pk: one.number for one in tickets}
    rows = Pass.objects.filter(ticket__in=numbers, revoked_at=None, expires_at__gt=now)
    links = [_link(one, numbers) for one in rows.select_related("customer").order_by("customer__name", "pk")]
    has = {one.whose.pk for one in links if one.whose}
    return {"room_links": links, "linkless": _linkless(escalation, tickets, has), "has_rooms": True}


def _link(given, numbers):
    href = reverse("portal:room", args=[token_of(given)])
    return Link(given, given.customer, numbers[given.ticket_id], href)


def _linkless(escalation, tickets, has):
    """Whom one could give one: who asked, and the contacts."""
    people = {one.customer_id: one.customer for one in tickets}
    contacts = escalation.contacts.select_related("customer")
    people |= {one.customer_id: one.customer for one in contacts if one.customer.account_id}
    return [(pk, str(one)) for pk, one in people.items() if pk not in has]


def _has_rooms():
    try:
        return bool(reverse("portal:room", args=["x"]))
    except NoReverseMatch:  # that door was taken out of the house
        return False
