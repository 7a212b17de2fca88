"""Questions about escalations. What a person may see starts at `visible_to(person)`."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from ombud.foundation.people.models import Company, Membership, Person, Role
from ombud.foundation.people.permissions import ESCALATIONS, SEE_ALL, may
from ombud.lib.prepared import Among, Prepared
from ombud.spine.tickets.queries import cc_of
from ombud.spine.tickets.queries import visible_to as visible_tickets

from .models import Escalation, Involved, Solution, Stakeholder, Update


def visible_to(person):
    """The escalations a person may see: of main tickets they may see, those they raised or have a part in."""
    if not person.is_active:
        return Escalation.objects.none()
    mine = Q(manager=person) | Q(stakeholders__person=person) | Q(raised_by=person)
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


def involved_now():
    """Which tickets belong to which open escalation."""
    return Involved.objects.filter(left_at=None, escalation__closed_at=None)


_LED = Prepared(
    lambda: involved_now().filter(ticket__in=Among("tickets")).select_related("escalation__manager")
)


def open_on(ticket_ids):
    """{ticket id: escalation} of the open ones, with their managers."""
    return {row.ticket_id: row.escalation for row in _LED(tickets=ticket_ids)}


def escalated_among(ticket_ids):
    """Of those tickets the ids of those in an open escalation, as a question."""
    return involved_now().filter(ticket__in=ticket_ids).order_by().values_list("ticket_id", flat=True)


def among_cases(person, cases):
    """{case id: escalation} of those cases of the log that are escalations which a person may see."""
    return {one.case_id: one for one in visible_to(person).filter(case__in=cases)}


def facts_of(escalation):
    """What the gates of the stages ask for, see `gates.missing`."""
    solutions = Solution.objects.filter(escalation=escalation)
    return {
        "spoken": escalation.updates.exists(),
        "accepted": solutions.filter(answer=Solution.Answer.ACCEPTED).exists(),
        "owed": solutions.owing().exists(),
    }


def tickets_of(escalation):
    """Its tickets, the main one first."""
    rows = escalation.involved.filter(left_at=None).select_related(
        "ticket__customer", "ticket__account", "ticket__assignee", "ticket__mailbox", "ticket__case"
    )
    return [row.ticket for row in rows]


def main_ticket(escalation):
    """The ticket with which it began, or the first that is left; None when none is."""
    return next(iter(tickets_of(escalation)), None)


def copied_on(escalation, ticket):
    """Who gets an update on this ticket in copy, as [name, address]; None: those who were in copy before.

    On the main ticket also the customer's other contacts of the same account, never those of another one,
    and never those who hear of it in a thread of their own.
    """
    own = tickets_of(escalation)
    if not own or ticket != own[0] or ticket.account_id is None:
        return None
    pairs = cc_of(ticket)
    taken = {pair[1].lower() for pair in pairs} | {one.customer.email.lower() for one in own} | {""}
    contacts = escalation.contacts.filter(customer__account=ticket.account_id).select_related("customer")
    others = [one.customer for one in contacts if one.customer.email.lower() not in taken]
    theirs = ticket.customer.email.lower()
    before = [list(pair) for pair in pairs if pair[1].lower() != theirs]
    return before + [[one.name, one.email] for one in others]


def involving(person):
    """Open escalations in which a person leads or has a part, what is due first."""
    mine = Q(manager=person) | Q(stakeholders__person=person)
    found = Escalation.objects.open().filter(mine).select_related("account", "customer", "manager", "case")
    return found.distinct().order_by("next_update_at", "id")


def late():
    """Open escalations whose update is late."""
    return Escalation.objects.open().filter(late_at__isnull=False)


def late_among(person):
    """How many of them a person may see."""
    return visible_to(person).filter(pk__in=late()).count()


def of_case(person, case):
    """The escalation to which a case of the log belongs, if a person may see it; else None."""
    return visible_to(person).filter(case=case).first()


def zone_of(escalation):
    """The customer's time zone: their own, their account's, or the company's."""
    account, company = escalation.account, Company.ours()
    return (
        escalation.customer.time_zone
        or (account.time_zone if account else "")
        or (company.time_zone if company else settings.TIME_ZONE)
    )


def in_their_zone(at, escalation):
    """A time on the customer's clock."""
    return at.astimezone(ZoneInfo(zone_of(escalation)))


def leading(escalation):
    """Who is told when it burns: its manager, or those who lead here while it has none."""
    if escalation.manager:
        return [escalation.manager]
    roles = (Role.ESCALATION_MANAGER, Role.LEAD, Role.HEAD)
    return list(Person.objects.working().filter(role__in=roles))


def listening(ticket):
    """Who hears it when a customer asks for an escalation: who leads the ticket's team, and who has it."""
    leads = Membership.objects.filter(team=ticket.team_id, is_lead=True).values("person_id")
    people = list(Person.objects.working().filter(Q(pk__in=leads) | Q(pk=ticket.assignee_id)))
    return people or list(Person.objects.working().filter(role=Role.LEAD))


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
