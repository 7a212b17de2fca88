"""What a customer may see of an escalation: the narrow side of `queries`.

Whoever shows one to a customer asks here. What is inside (reasons, money at risk, notes, decisions, what to
say) is asked nowhere in this file; of another account's there is nothing but what was sent to this ticket.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Value
from django.db.models.functions import Length

from ombud.foundation.events.models import Event
from ombud.foundation.people.models import Account, CustomerAddress
from ombud.lib.working_time import add_working_time
from ombud.spine.ladders.models import Climb
from ombud.spine.ladders.queries import behind, ladder_for
from ombud.spine.ladders.rungs import Rung, read
from ombud.spine.sla.queries import Clocks
from ombud.spine.tickets.queries import cc_of

from . import events
from .models import Asking, Involved, Pulse, Solution, Stage, Stakeholder, Update
from .queries import main_ticket

SHORTEST_NAME = 4  # letters; a shorter one stands in many words
AT_WORK = (  # who works on it in the customer's eyes; who is only kept informed is our own affair
    Stakeholder.Role.TECHNICAL,
    Stakeholder.Role.LEAD,
    Stakeholder.Role.CSM,
    Stakeholder.Role.TAM,
    Stakeholder.Role.AE,
    Stakeholder.Role.SPONSOR,
)


def escalation_of(ticket):
    """The escalation to which a ticket belongs, else the last one that was reviewed; None without.

    One that was de-escalated is none: the ticket goes on as a ticket.
    """
    rows = Involved.objects.filter(ticket=ticket).select_related(
        "escalation__case", "escalation__manager", "escalation__account", "escalation__customer"
    )
    open_one = rows.filter(left_at=None).first()
    reviewed = rows.filter(escalation__stage=Stage.REVIEWED, left_at=F("escalation__closed_at"))
    row = open_one or reviewed.order_by("-left_at").first()
    return row and row.escalation


def is_own(escalation, ticket):
    """Whether it is about this customer, or only joined to another account's."""
    if escalation.account_id is None:
        return escalation.customer_id == ticket.customer_id
    return escalation.account_id == ticket.account_id


def names_another(text, account_id):
    """The name of another account in a text, or nothing: who reads it there would know of two customers."""
    if not text:
        return ""
    others = Account.objects.annotate(letters=Length("name"), said=Value(text)).filter(
        letters__gte=SHORTEST_NAME, said__contains=F("name")
    )
    return others.exclude(pk=account_id).values_list("name", flat=True).first() or ""


def told_in(escalation, ticket, field):
    """What stands in `understood`, `impact` or `needs`, as far as this customer may read it.

    Nothing to who is only joined, and nothing that names another account.
    """
    text = getattr(escalation, field) if is_own(escalation, ticket) else ""
    return "" if names_another(text, escalation.account_id) else text


def people_of(ticket, escalation=None):
    """Who of theirs has to do with it, whom we know: the requester, contacts, and who is in copy.

    Nobody of another account, even if somebody put them in copy.
    """
    found = {ticket.customer_id: ticket.customer}
    if escalation and is_own(escalation, ticket):
        contacts = escalation.contacts.filter(customer__account=ticket.account_id)
        for contact in contacts.select_related("customer") if ticket.account_id else ():
            found.setdefault(contact.customer_id, contact.customer)
    copied = [address.lower() for _name, address in cc_of(ticket)]
    for known in CustomerAddress.objects.filter(address__in=copied).select_related("customer"):
        if known.customer.account_id == ticket.account_id:
            found.setdefault(known.customer_id, known.customer)
    return list(found.values())


def roles_of(ticket, escalation):
    """{customer id: their role} of their people who have a part in it."""
    if not is_own(escalation, ticket):
        return {}
    return dict(escalation.contacts.values_list("customer_id", "role"))


def may_enter(given, before):
    """Whether a pass still leads to its ticket; `before` is the one for which it was given, if merged."""
    ticket, customer = given.ticket, given.customer
    if customer is None:
        return (
            ticket.pk == before.pk
            or ticket.customer_id == before.customer_id
            or (ticket.account_id is not None and ticket.account_id == before.account_id)
        )
    if customer.pk == ticket.customer_id:
        return True
    if customer.account_id is not None:
        return customer.account_id == ticket.account_id
    return customer in people_of(ticket)


def updates_for(escalation, ticket):
    """The updates that were sent in this ticket's own thread, the newest first."""
    rows = Update.objects.filter(escalation=escalation, messages__ticket=ticket)
    return list(rows.select_related("by").order_by("-number").distinct())


def offered_to(escalation, ticket):
    """The solution that was last offered and not withdrawn; None for who is only joined."""
    if not is_own(escalation, ticket):
        return None
    rows = Solution.objects.filter(escalation=escalation, offered_at__isnull=False, withdrawn_at=None)
    return rows.order_by("-offered_at", "-id").first()


def owed_fix(escalation, ticket):
    """An accepted workaround after which the fix is still owed."""
    rows = Solution.objects.owing().filter(escalation=escalation).order_by("-answered_at")
    return rows.first() if is_own(escalation, ticket) else None


def at_work(escalation, ticket):
    """Those of ours who work on it beside its manager, in the order in which they were told."""
    if not is_own(escalation, ticket):
        return []
    rows = escalation.stakeholders.filter(role__in=AT_WORK, person__is_active=True)
    return [row for row in rows.select_related("person") if row.person_id != escalation.manager_id]


def reached_at(escalation):
    """{stage: when it was reached}."""
    rows = Event.objects.filter(case=escalation.case_id, verb=events.REACHED.name).order_by("id")
    reached = {row.data["new"]: row.happened_at for row in rows}
    return {Stage.RECEIVED.value: escalation.raised_at} | reached


def last_pulse(escalation, customer):
    """What they said last; None for nobody in particular."""
    if customer is None:
        return None
    return Pulse.objects.filter(escalation=escalation, customer=customer).order_by("-said_at", "-id").first()


def open_asking(ticket):
    """That they ask for an escalation, until somebody answered it."""
    return Asking.objects.filter(ticket=ticket, settled_at=None).first()


@dataclass(frozen=True)
class Storey:
    """One rung as a customer may know it: who of ours stands there, and when they are (or were) told."""

    people: tuple
    rung: Rung
    at: datetime
    told: bool = False


def ladder_of(escalation, ticket, now):
    """Who is told one after the other if we fall silent, the first first; nothing without a ladder.

    While a ladder is climbed it is that one, with who was told; else the one that would begin. It is that of
    the main ticket, on which updates are late.
    """
    own = is_own(escalation, ticket) and escalation.is_open
    ticket = main_ticket(escalation) if own else None
    if ticket is None:
        return []
    climb = Climb.objects.open().filter(ticket=ticket).order_by("-id").first()
    if climb and "late_update" in (climb.why, *climb.also):
        return _climbed(climb, ticket, now)
    begins = escalation.next_update_at
    ladder = ladder_for(ticket, "late_update") if begins else None
    if ladder is None:
        return []
    return _storeys(read(ladder.version.plan).rungs, ticket, begins, now)


def _climbed(climb, ticket, now):
    rungs = read(climb.plan).rungs
    told = {}
    for telling in climb.tellings.select_related("person").order_by("told_at", "id"):
        told.setdefault(telling.rung, []).append(telling)
    found = [
        Storey(tuple({row.person for row in rows}), rungs[number - 1], rows[0].told_at, told=True)
        for number, rows in sorted(told.items())
        if number <= len(rungs)
    ]
    begins = climb.climbs_at or now
    above = rungs[climb.rung :]
    return found + _storeys(above, ticket, begins, now, first=begins)


def _storeys(rungs, ticket, begins, now, first=None):
    clocks, at, found = Clocks(), begins, []
    for number, rung in enumerate(rungs):
        at = first if first and number == 0 else _after(clocks, rung, at)
        people, _turn = behind(rung.whom, ticket, now)
        if people:
            found.append(Storey(tuple(people), rung, at))
    return found


def _after(clocks, rung, at):
    clock = clocks(rung.calendar)
    return add_working_time(clock, at, rung.after) if clock else at + timedelta(seconds=rung.after)


def told_when_asked(ticket, now):
    """Who of ours is told, beside its manager, when a customer asks for somebody higher now."""
    climb = Climb.objects.open().filter(ticket=ticket).order_by("-id").first()
    if climb:
        rungs = read(climb.plan).rungs
        return behind(rungs[min(climb.rung, len(rungs) - 1)].whom, ticket, now)[0]
    ladder = ladder_for(ticket, "asked")
    return behind(read(ladder.version.plan).rungs[0].whom, ticket, now)[0] if ladder else []
