"""The way to the room in our letters: where it stands, or how to ask for more (M19, P6)."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ombud.foundation.people.branding import base_address, default_brand
from ombud.foundation.people.models import Company, CustomerAddress
from ombud.spine.sla.models import Promise
from ombud.spine.tickets.models import Message
from ombud.spine.tickets.speaking import language_for

from .actions.passes import give_pass
from .passes import token_of
from .queries import open_on


def lines(ticket, now, to=None):
    """[(words, address)] under a reply that goes to these addresses; None: to the customer alone.

    Escalated: where it stands. Else, as the brand says, how to ask for more: from the first broken promise
    or the second reply on. Nothing where somebody else's customer reads along.
    """
    readers = {address.lower() for address in to} if to is not None else None
    if not base_of(ticket) or (readers is not None and not _is_among_theirs(ticket, readers)):
        return []
    brand = brand_of(ticket)
    if open_on([ticket.pk]):
        said = _in_their_language(ticket, lambda: _("See where it stands, and tell us how it goes"))
    elif brand.way_up and _has_waited(ticket):
        said = _in_their_language(ticket, lambda: _("Not getting what you need? Reach the person in charge"))
    else:
        return []
    theirs = {ticket.customer.email.lower()}
    alone = readers is None or readers <= theirs
    given = give_pass(ticket, ticket.customer if alone else None, now=now)
    address = address_of(given)
    return [(said, address)] if address else []


def brand_of(ticket):
    """The brand under which this customer knows us."""
    return (ticket.mailbox.brand if ticket.mailbox_id else None) or default_brand()


def base_of(ticket):
    """Where this customer's pages begin; "" while nobody has said where that is."""
    return base_address(brand_of(ticket))


def address_of(given):
    """The whole address of a pass; "" while nobody has said where the desk is reached."""
    base = base_of(given.ticket)
    try:
        return base + reverse(settings.ROOM_PAGE, args=[token_of(given)]) if base else ""
    except NoReverseMatch:  # a desk without that door
        return ""


def _has_waited(ticket):
    replies = Message.objects.filter(ticket=ticket, kind=Message.Kind.REPLY)
    return replies.count() >= 2 or Promise.objects.filter(ticket=ticket, broken_at__isnull=False).exists()


def _is_among_theirs(ticket, readers):
    """Whether everybody whom we know among the readers is on this customer's side, and the customer reads."""
    known = CustomerAddress.objects.filter(address__in=readers).select_related("customer")
    sides = [(row.customer_id == ticket.customer_id, row.customer.account_id) for row in known]
    if not any(mine for mine, _account in sides):
        return ticket.customer.email.lower() in readers
    return all(mine or account == ticket.account_id for mine, account in sides)


def _in_their_language(ticket, say):
    with translation.override(language_for(ticket, Company.ours())):
        return say()
