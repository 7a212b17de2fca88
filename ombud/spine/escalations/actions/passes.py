"""Links by which a customer reaches what we do about their ticket (P6)."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from ombud.foundation.people.permissions import NOTE, require
from ombud.spine.escalations import events
from ombud.spine.escalations.models import Pass

LASTS = timedelta(days=90)
FRESH = timedelta(days=60)  # one that has less left is made longer when it is given again


def give_pass(ticket, customer=None, *, now, by=None, lasts=LASTS):
    """The link for this customer, or for all in the thread; the same as before while it holds."""
    given = Pass.objects.filter(ticket=ticket, customer=customer, revoked_at=None).first()
    if given and given.expires_at - now >= min(FRESH, lasts):
        return given
    if given:
        given.expires_at = now + lasts
        given.save(update_fields=["expires_at"])
    else:
        given = _new(ticket, customer, now, lasts)
    events.PASS_GIVEN.record(
        case=ticket.case_id,
        by=by,
        now=now,
        ticket=ticket.pk,
        customer=customer and customer.pk,
        until=given.expires_at.isoformat(),
    )
    return given


def _new(ticket, customer, now, lasts):
    try:
        with transaction.atomic():
            return Pass.objects.create(ticket=ticket, customer=customer, made_at=now, expires_at=now + lasts)
    except IntegrityError:  # two letters at once
        return Pass.objects.get(ticket=ticket, customer=customer, revoked_at=None)


@transaction.atomic
def revoke_pass(given, *, by, now):
    """The link leads nowhere from now on; the next letter carries a new one."""
    if by is not None:
        require(by, NOTE)
    if Pass.objects.filter(pk=given.pk, revoked_at=None).update(revoked_at=now):
        events.PASS_REVOKED.record(
            case=given.ticket.case_id, by=by, now=now, ticket=given.ticket_id, customer=given.customer_id
        )


def opened(given, *, now):
    """They looked. A scanner looks, too: it means nothing more."""
    Pass.objects.filter(pk=given.pk).update(opened_at=now)
