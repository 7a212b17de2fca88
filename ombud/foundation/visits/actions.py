"""Letting customers in, and out."""

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import F

from ombud.foundation.people.models import Customer
from ombud.foundation.people.queries import customer_by_address, hash_of

from . import events
from .letters import mail_way_in
from .models import Password, Visit, WayIn
from .queries import LASTS, TURNS

LINK_LASTS = timedelta(minutes=15)
HOUR = timedelta(hours=1)
MOST_LINKS = 5  # to one customer within an hour; whoever wants more wants to annoy them
MOST_WRONG = 8  # passwords in a row
LOCKED_FOR = timedelta(minutes=15)


@transaction.atomic
def send_way_in(address, *, brand, mailbox, link_of, now):
    """Mail a link to the customer with this address, if we know one: nothing tells the asker whether we do.

    `link_of(secret)` makes the address of the page behind it. Answers with the letter, or None.
    """
    customer = customer_by_address(address.strip())
    if customer is None or customer.blocked_at or not mailbox:
        return None
    if customer.ways_in.filter(made_at__gt=now - HOUR).count() >= MOST_LINKS:
        return None
    secret = secrets.token_urlsafe(32)
    way_in = WayIn.objects.create(
        customer=customer, hash=hash_of(secret), made_at=now, expires_at=now + LINK_LASTS
    )
    events.WAY_IN_SENT.record(case=customer.case, now=now, customer=customer.pk)
    # To the address that was asked for: it is one of theirs, perhaps not the one that we write to.
    return mail_way_in(
        way_in, to=address.strip().lower(), link=link_of(secret), brand=brand, mailbox=mailbox, now=now
    )


@transaction.atomic
def enter_by_link(secret, *, now):
    """(visit, its secret) for a link that is good, which it is no longer then; None otherwise."""
    good = WayIn.objects.filter(
        hash=hash_of(secret), used_at=None, expires_at__gt=now, customer__blocked_at=None
    )
    way_in = good.select_related("customer__case").first()
    # Of two that come at the same moment, the database lets one use it.
    if way_in is None or not good.update(used_at=now):
        return None
    Password.objects.filter(pk=way_in.customer_id).update(wrong=0, locked_until=None)
    return _begin(way_in.customer, Visit.How.LINK, now)


def enter_by_password(address, password, *, now):
    """(visit, its secret), or None: wrong, unknown, locked, or no password was set; the asker cannot tell."""
    customer = customer_by_address(address.strip())
    known = Password.objects.filter(customer=customer).first() if customer else None
    if known is None or customer.blocked_at:
        make_password(password)  # takes as long as checking one
        return None
    if known.locked_until and known.locked_until > now:
        make_password(password)
        return None
    if not check_password(password, known.hash):
        _was_wrong(known, customer, now)
        return None
    with transaction.atomic():
        Password.objects.filter(pk=known.pk).update(wrong=0, locked_until=None)
        return _begin(customer, Visit.How.PASSWORD, now)


@transaction.atomic
def _was_wrong(known, customer, now):
    Password.objects.filter(pk=known.pk).update(wrong=F("wrong") + 1)
    known.refresh_from_db(fields=["wrong"])
    if known.wrong >= MOST_WRONG:
        Password.objects.filter(pk=known.pk).update(wrong=0, locked_until=now + LOCKED_FOR)
        events.LOCKED.record(case=customer.case, now=now, customer=customer.pk)


def _begin(customer, how, now):
    secret = secrets.token_urlsafe(32)
    visit = Visit.objects.create(
        customer=customer,
        hash=hash_of(secret),
        how=how,
        began_at=now,
        turned_at=now,
        expires_at=now + LASTS,
    )
    events.ENTERED.record(case=customer.case, now=now, customer=customer.pk, how=how)
    return visit, secret


def turn(visit, *, now):
    """A new secret for a visit whose own is a day old, else None; of several pages at once one gets it."""
    if now - visit.turned_at < TURNS or not visit.is_newest:
        return None
    secret = secrets.token_urlsafe(32)
    mine = Visit.objects.filter(pk=visit.pk, hash=visit.hash, ended_at=None)
    turned = mine.update(hash=hash_of(secret), before=visit.hash, turned_at=now, expires_at=now + LASTS)
    return secret if turned else None


@transaction.atomic
def set_password(customer, password, *, keep=None, now):
    """Choose a password; "" takes it away. Every other visit but `keep` ends. Raises ValidationError."""
    if password:
        validate_password(password, user=Customer(name=customer.name, email=customer.email))
        Password.objects.update_or_create(
            customer=customer,
            defaults={"hash": make_password(password), "set_at": now, "wrong": 0, "locked_until": None},
        )
    else:
        Password.objects.filter(customer=customer).delete()
    events.PASSWORD_SET.record(case=customer.case, now=now, customer=customer.pk, has=bool(password))
    _end(customer.visits.exclude(pk=keep and keep.pk), now)


def leave(visit, *, now):
    """Sign out on this device."""
    _end(Visit.objects.filter(pk=visit.pk), now)


@transaction.atomic
def leave_everywhere(customer, *, now, by=None):
    """Sign out on every device; links that are on their way do not work any more either."""
    _end(customer.visits, now)
    customer.ways_in.filter(used_at=None).update(used_at=now)
    events.LEFT_EVERYWHERE.record(case=customer.case, by=by, now=now, customer=customer.pk)


def _end(visits, now):
    visits.filter(ended_at=None).update(ended_at=now)
