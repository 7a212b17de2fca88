"""Who is affected: put on the list, reported, excluded."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.features.broadcasts import events, queries
from ombud.features.broadcasts.models import Affected, Reason, Recipient, Standing, Why
from ombud.foundation.people.permissions import ANSWER, require
from ombud.spine.tickets.queries import visible_to as visible_tickets

MOST = 2000  # numbers that somebody types or pastes


@transaction.atomic
def put_on(incident, numbers, *, by, now):
    """Put tickets on by their numbers; says how many are new. Raises ValidationError for an unknown one."""
    require(by, ANSWER)
    numbers = list(dict.fromkeys(numbers))
    if not numbers or len(numbers) > MOST:
        raise ValidationError(_("Say which tickets, by their numbers."))
    tickets = {ticket.number: ticket for ticket in visible_tickets(by).filter(number__in=numbers)}
    if missing := [number for number in numbers if number not in tickets]:
        raise ValidationError(
            _("There is no ticket #%(number)s that you may see. Nobody was listed.") % {"number": missing[0]}
        )
    return add(incident, tickets.values(), Reason.HAND, by=by, now=now)


@transaction.atomic
def report(incident, ticket, *, by, now):
    """This ticket reports the defect; its customer hears when the fix ships. Twice is once."""
    require(by, ANSWER)
    before = Affected.objects.filter(incident=incident, ticket=ticket).first()
    if before and before.reason != Reason.REPORTED:
        before.reason, before.words = Reason.REPORTED, ""
        before.save(update_fields=["reason", "words"])
    elif not before:
        add(incident, [ticket], Reason.REPORTED, by=by, now=now)


def add(incident, tickets, reason, *, by, now, words="", finding=None):
    """Make the rows of tickets that are not listed yet; says how many. Each is in its ticket's history."""
    there = Affected.objects.filter(incident=incident, ticket__in=[ticket.pk for ticket in tickets])
    listed = set(there.values_list("ticket", flat=True))
    fresh = [ticket for ticket in tickets if ticket.pk not in listed]
    Affected.objects.bulk_create(
        (
            Affected(
                incident=incident,
                customer_id=ticket.customer_id,
                ticket=ticket,
                reason=reason,
                words=words,
                finding=finding,
                by=by,
                found_at=now,
            )
            for ticket in fresh
        ),
        ignore_conflicts=True,
    )
    if fresh:
        events.AFFECTED.record_many(
            [
                (ticket.pk, {"incident": incident.pk, "ticket": ticket.pk, "reason": str(reason)})
                for ticket in fresh
            ],
            by=by,
            now=now,
        )
    return len(fresh)


def add_customers(incident, customers, reason, *, by, now, words="", finding=None):
    """The same for customers who have no ticket on the list."""
    there = Affected.objects.filter(incident=incident, customer__in=customers)
    listed = set(there.values_list("customer", flat=True))
    fresh = [customer for customer in customers if customer.pk not in listed]
    Affected.objects.bulk_create(
        (
            Affected(
                incident=incident,
                customer=customer,
                reason=reason,
                words=words,
                finding=finding,
                by=by,
                found_at=now,
            )
            for customer in fresh
        ),
        ignore_conflicts=True,
    )
    return len(fresh)


@transaction.atomic
def exclude(incident, affected, why, *, by, now):
    """Leave somebody out, with a reason; they get no letter that is not on its way already."""
    require(by, ANSWER)
    why = " ".join(why.split())[:200]
    if not why:
        raise ValidationError({"why": _("Say why they are not told: who asks later was not there.")})
    row = Affected.objects.select_for_update().get(pk=affected, incident=incident)
    if row.excluded_at:
        return row
    row.excluded_at, row.excluded_by, row.excluded_why = now, by, why
    row.save(update_fields=["excluded_at", "excluded_by", "excluded_why"])
    if queries.excluded_customers(incident, [row.customer_id]):
        waiting = Recipient.objects.filter(
            incident=incident, customer=row.customer_id, state=Standing.WAITING, letter=None
        )
        waiting.update(state=Standing.EXCLUDED, why=Why.HAND, words=why)
    events.EXCLUDED.record(
        case=incident.case_id, by=by, now=now, incident=incident.pk, customer=row.customer_id
    )
    return row


@transaction.atomic
def include(incident, affected, *, by, now):
    """Tell them after all: they wait on every list that is not over and left them out by hand."""
    require(by, ANSWER)
    row = Affected.objects.select_for_update().get(pk=affected, incident=incident)
    if row.excluded_at is None:
        return row
    row.excluded_at, row.excluded_by, row.excluded_why = None, None, ""
    row.save(update_fields=["excluded_at", "excluded_by", "excluded_why"])
    waiting_again(incident, row.customer_id)
    events.INCLUDED.record(
        case=incident.case_id, by=by, now=now, incident=incident.pk, customer=row.customer_id
    )
    return row


def waiting_again(incident, customer):
    """On each list of a broadcast that is not over, unless another list of the same news has them."""
    out = Recipient.objects.filter(
        incident=incident, customer=customer, state=Standing.EXCLUDED, why=Why.HAND, letter=None
    )
    for recipient in out.exclude(broadcast__state="done").order_by("pk"):
        others = Recipient.objects.filter(incident=incident, wave=recipient.wave, customer=customer)
        if others.exclude(state=Standing.EXCLUDED).exists():
            recipient.why, recipient.words = Why.TOLD, ""
        else:
            recipient.state, recipient.why, recipient.words = Standing.WAITING, "", ""
        recipient.save(update_fields=["state", "why", "words"])
