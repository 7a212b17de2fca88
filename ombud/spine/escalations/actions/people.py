"""Who has a part in it, on both sides (M20, M25, M31)."""

from django.db import transaction
from django.db.models import Q

from ombud.foundation.notifications.actions import tell
from ombud.foundation.people.permissions import NOTE, require
from ombud.spine.escalations import events
from ombud.spine.escalations.changing import locked, require_open
from ombud.spine.escalations.models import Contact, Pass, Stakeholder

from .passes import revoke_pass


def tell_stakeholder(escalation, person, role, *, by, now):
    """One of ours is told, and as what; told once."""
    _row, new = Stakeholder.objects.get_or_create(
        escalation=escalation, person=person, defaults={"role": role, "told_at": now}
    )
    if not new:
        return
    events.STAKEHOLDER_TOLD.record(
        case=escalation.case_id,
        by=by,
        now=now,
        escalation=escalation.pk,
        person=person.pk,
        role=str(role),
    )
    tell(
        [person],
        "escalation_stake",
        case=escalation.case,
        key=f"escalation stake:{escalation.pk}",
        now=now,
        by=by,
    )


@transaction.atomic
def add_stakeholder(escalation, person, role, *, by, now):
    """Somebody of ours has a part in it from now on, and is told."""
    require(by, NOTE)
    escalation = locked(escalation)
    require_open(escalation)
    tell_stakeholder(escalation, person, Stakeholder.Role(role), by=by, now=now)


@transaction.atomic
def confirm(escalation, *, by, now):
    """Who was told says that they have it (M25)."""
    told = Stakeholder.objects.filter(escalation=escalation, person=by, confirmed_at=None)
    if told.update(confirmed_at=now):
        events.CONFIRMED.record(
            case=escalation.case_id, by=by, now=now, escalation=escalation.pk, person=by.pk
        )


@transaction.atomic
def remove_stakeholder(escalation, person, *, by, now):
    """They have no part in it any more."""
    require(by, NOTE)
    if Stakeholder.objects.filter(escalation=escalation, person=person).delete()[0]:
        events.STAKEHOLDER_REMOVED.record(
            case=escalation.case_id, by=by, now=now, escalation=escalation.pk, person=person.pk
        )


@transaction.atomic
def add_contact(escalation, customer, role, *, by, now):
    """Somebody on the customer's side, or the same in another role."""
    require(by, NOTE)
    Contact.objects.update_or_create(
        escalation=escalation, customer=customer, defaults={"role": Contact.Role(role)}
    )
    events.CONTACT_ADDED.record(
        case=escalation.case_id,
        by=by,
        now=now,
        escalation=escalation.pk,
        customer=customer.pk,
        role=role,
    )


@transaction.atomic
def remove_contact(escalation, customer, *, by, now):
    """They have no part in it any more, and their links to it end; their own ticket stays theirs.

    The links that were for all end, too: they may have one of those. The next letter carries a new one.
    """
    require(by, NOTE)
    involved = escalation.involved.exclude(ticket__customer=customer).values("ticket_id")
    passes = Pass.objects.filter(ticket__in=involved, revoked_at=None).select_related("ticket")
    for given in passes.filter(Q(customer=customer) | Q(customer=None)):
        revoke_pass(given, by=by, now=now)
    if Contact.objects.filter(escalation=escalation, customer=customer).delete()[0]:
        events.CONTACT_REMOVED.record(
            case=escalation.case_id, by=by, now=now, escalation=escalation.pk, customer=customer.pk
        )
