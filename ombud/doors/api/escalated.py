"""Escalations as the shapes of the API."""

from django.db.models import F, Prefetch, Q

from ombud.spine.escalations.models import Escalation, Involved, Update

from .promises import iso

WHOLE = ("account", "customer", "manager", "raised_by", "waived_by")
NOW_OF_TICKET = Prefetch(
    "involved", Involved.objects.filter(left_at=None).select_related("escalation"), to_attr="now_in"
)


def ref_of(ticket):
    """The open escalation to which a ticket belongs ("E-101"); it was asked for with NOW_OF_TICKET."""
    return str(ticket.now_in[0].escalation) if ticket.now_in else None


def with_all(escalations):
    """The escalations with everything that `shown` reads: two questions for a page."""
    # One that is over keeps those that belonged to it at the end.
    until_the_end = Q(left_at=None) | Q(left_at=F("escalation__closed_at"))
    there = Involved.objects.filter(until_the_end).select_related("ticket")
    return escalations.select_related(*WHOLE).prefetch_related(Prefetch("involved", there, to_attr="there"))


def shown(row):
    """One escalation, as a list has it."""
    return {
        "ref": str(row),
        "number": row.number,
        "title": row.title,
        "reason": row.reason,
        "how": row.how,
        "stage": row.stage,
        "status": "open" if row.is_open else "closed",
        "severity": row.severity,
        "urgency": row.urgency,
        "priority": row.priority,
        "account": row.account and {"id": row.account_id, "name": row.account.name},
        "customer": {"id": row.customer_id, "name": row.customer.name, "email": row.customer.email},
        "manager": _person(row.manager),
        "tickets": [one.ticket.number for one in row.there],
        "raised_at": iso(row.raised_at),
        "raised_by": _person(row.raised_by),
        "next_update_at": iso(row.next_update_at),
        "late_since": iso(row.late_at),
        "waived_until": iso(row.waived_until),
        "waived_by": _person(row.waived_by),
        "waived_why": row.waived_why,
        "closed_at": iso(row.closed_at),
        "closed_why": row.closed_why,
    }


def one(pk):
    """One escalation whole: what is known, who has a part in it, what was said and decided."""
    row = with_all(Escalation.objects).get(pk=pk)
    return {
        **shown(row),
        "impact": row.impact,
        "at_risk": row.at_risk,
        "currency": row.currency,
        "understood": row.understood,
        "workaround": row.workaround,
        "fix": row.fix,
        "stakeholders": [_stakeholder(one) for one in row.stakeholders.select_related("person")],
        "contacts": [_contact(one) for one in row.contacts.select_related("customer")],
        "updates": [update(one) for one in row.updates.select_related("by")],
        "decisions": [_decision(one) for one in row.decisions.select_related("by")],
    }


def update(row: Update):
    """One word to the customer."""
    return {
        "number": row.number,
        "process": row.process,
        "impact": row.impact,
        "promises": row.promises,
        "by": _person(row.by),
        "sent_at": iso(row.sent_at),
        "due_at": iso(row.due_at),
        "kept": row.kept,
    }


def _decision(row):
    return {"what": row.what, "basis": row.basis, "by": _person(row.by), "decided_at": iso(row.decided_at)}


def _stakeholder(row):
    told = {"told_at": iso(row.told_at), "confirmed_at": iso(row.confirmed_at)}
    return {"person": _person(row.person), "role": row.role, **told}


def _contact(row):
    who = row.customer
    return {"customer": {"id": who.pk, "name": who.name, "email": who.email}, "role": row.role}


def _person(row):
    return row and {"id": row.pk, "name": row.name, "email": row.email}
