"""Questions about visits."""

from datetime import timedelta

from django.db.models import Q

from ombud.foundation.people.queries import hash_of

from .models import Visit

LASTS = timedelta(days=30)  # after the last time that somebody came by
TURNS = timedelta(days=1)  # then its secret is another
GRACE = timedelta(minutes=1)  # for pages that were asked for with the old one


def visit_by_secret(secret, now):
    """The visit with this secret, with its customer; None when it is over, or the customer is blocked."""
    if not secret:
        return None
    hashed = hash_of(secret)
    found = Visit.objects.filter(
        Q(hash=hashed) | Q(before=hashed, turned_at__gt=now - GRACE),
        ended_at=None,
        expires_at__gt=now,
        customer__blocked_at=None,
    )
    visit = found.select_related("customer__account", "customer__case").first()
    if visit:
        visit.is_newest = visit.hash == hashed
    return visit


def visits_of(customer, now):
    """Where a customer is signed in, the newest first."""
    return customer.visits.filter(ended_at=None, expires_at__gt=now).order_by("-turned_at")
