"""Incidents, and who is affected."""

from django.db.models import Q

from ombud.features.broadcasts.models import Affected, Incident, Kind
from ombud.foundation.people.permissions import SEE_ALL, may
from ombud.spine.tickets.queries import visible_to as visible_tickets


def visible_to(person):
    """The incidents a person may see: all, or for light roles those that affect a ticket of theirs."""
    if may(person, SEE_ALL):
        return Incident.objects.all()
    if not person.is_active:
        return Incident.objects.none()
    theirs = Affected.objects.filter(ticket__in=visible_tickets(person))
    return Incident.objects.filter(pk__in=theirs.values("incident"))


def by_number(person, number):
    """The incident with this number; Incident.DoesNotExist if it is not theirs to see."""
    related = ("case", "team", "escalation", "opened_by")
    return visible_to(person).select_related(*related).get(number=number)


def incidents_on_ticket(ticket):
    """[(incident, affected)] of a ticket, what is open first; also where its customer is not told of it."""
    rows = Affected.objects.filter(ticket=ticket).select_related("incident")
    return sorted(
        ((row.incident, row) for row in rows), key=lambda pair: (not pair[0].is_open, -pair[0].number)
    )


def defects_open():
    """Defects that are not fixed yet, the newest first."""
    return Incident.objects.filter(kind=Kind.DEFECT, fixed_at=None)


def incidents_of_escalation(escalation):
    """The incidents behind an escalation."""
    return Incident.objects.filter(escalation=escalation).select_related("team")


def seen_by(person, rows):
    """Of rows with a ticket (or none) those that a person may see: a private team's are its members' only."""
    return rows.filter(Q(ticket=None) | Q(ticket__in=visible_tickets(person)))


def excluded_customers(incident, customers):
    """{customer id: why} of those among `customers` (ids) who are excluded with all that they have."""
    told, found = set(), {}
    rows = Affected.objects.filter(incident=incident, customer__in=customers)
    for customer, excluded_at, why in rows.values_list("customer", "excluded_at", "excluded_why"):
        if excluded_at is None:
            told.add(customer)
        else:
            found.setdefault(customer, why)
    return {customer: why for customer, why in found.items() if customer not in told}


def recipients_of(broadcast, state=None):
    """The recipients of a broadcast, with whom and what they got."""
    rows = broadcast.recipients.select_related("customer__account", "ticket", "approval", "letter").order_by(
        "id"
    )
    return rows.filter(state=state) if state else rows
