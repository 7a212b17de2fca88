"""Questions about escalations. What a person may see starts at `visible_to(person)`."""

from django.conf import settings
from django.db.models import Q

from ombud.foundation.people.models import Company, Person, Role
from ombud.foundation.people.permissions import ESCALATIONS, SEE_ALL, may
from ombud.spine.tickets.queries import visible_to as visible_tickets

from .models import Escalation, Involved, Stakeholder, Update


def visible_to(person):
    """The escalations a person may see: of main tickets they may see, and those they have a part in."""
    if not person.is_active:
        return Escalation.objects.none()
    mine = Q(manager=person) | Q(stakeholders__person=person)
    if may(person, SEE_ALL):
        seen = Involved.objects.filter(is_main=True, ticket__in=visible_tickets(person))
        mine |= Q(pk__in=seen.values("escalation_id"))
    return Escalation.objects.filter(mine).distinct()


def may_run(person, escalation):
    """Whether a person may lead it on: its manager, and those whose role it is."""
    return may(person, ESCALATIONS) or (person.is_active and escalation.manager_id == person.pk)


def by_number(person, number):
    """The escalation with this number; Escalation.DoesNotExist if it is not theirs to see."""
    return (
        visible_to(person).select_related("account", "customer", "manager", "team", "case").get(number=number)
    )


def open_on(ticket_ids):
    """{ticket id: escalation} of the open ones, with their managers."""
    rows = Involved.objects.filter(ticket__in=list(ticket_ids), left_at=None, escalation__closed_at=None)
    return {row.ticket_id: row.escalation for row in rows.select_related("escalation__manager")}


def tickets_of(escalation):
    """Its tickets, the main one first."""
    rows = escalation.involved.filter(left_at=None).select_related(
        "ticket__customer", "ticket__account", "ticket__assignee", "ticket__mailbox", "ticket__case"
    )
    return [row.ticket for row in rows]


def main_ticket(escalation):
    """The ticket with which it began, or the first that is left; None when none is."""
    return next(iter(tickets_of(escalation)), None)


def zone_of(escalation):
    """The customer's time zone: their own, their account's, or the company's."""
    account, company = escalation.account, Company.ours()
    return (
        escalation.customer.time_zone
        or (account.time_zone if account else "")
        or (company.time_zone if company else settings.TIME_ZONE)
    )


def proposed_stakeholders(account, severity, reason):
    """Who of ours should be told (M20): pairs of a person and as what, by account, severity and reason."""
    Part, found = Stakeholder.Role, {}
    if account:
        for seat in account.seats.select_related("person"):
            found[seat.person_id] = (seat.person, Part(seat.seat))
    grave = severity in ("high", "critical")
    for role, part, told in (
        (Role.LEAD, Part.LEAD, True),
        (Role.HEAD, Part.INFORMED, grave or reason == "executive"),
        (Role.SPONSOR, Part.SPONSOR, severity == "critical" or reason == "executive"),
    ):
        for person in Person.objects.working().filter(role=role) if told else ():
            found.setdefault(person.pk, (person, part))
    return list(found.values())


def joinable(ticket):
    """Open escalations of the same account that a ticket could join (contagion)."""
    if ticket.account_id is None:
        return Escalation.objects.none()
    return Escalation.objects.open().filter(account=ticket.account_id).exclude(involved__ticket=ticket)


def kept_rate(escalations=None):
    """(kept, all) updates of some escalations, or of all."""
    updates = Update.objects.filter(due_at__isnull=False)
    if escalations is not None:
        updates = updates.filter(escalation__in=escalations)
    return updates.filter(kept=True).count(), updates.count()
