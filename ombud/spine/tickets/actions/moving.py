"""Who has a ticket, in which state it is, and when it sleeps."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.notifications.actions import tell
from ombud.foundation.people.permissions import ANSWER, ASSIGN, CHANGE, may, require
from ombud.spine.tickets import events, queries
from ombud.spine.tickets.changing import change, moved
from ombud.spine.tickets.models import Status, Ticket


@transaction.atomic
def assign(ticket, person, *, by, now):
    """Give the ticket to a person, or to nobody. They are told, unless they took it themselves."""
    if by is not None:
        require(by, ASSIGN)
    if person and not may(person, ANSWER):
        raise ValidationError(_("%(name)s cannot answer tickets.") % {"name": person.name})
    old = ticket.assignee_id
    if old == (person and person.pk):
        return
    change(ticket, by=by, now=now, assignee=person)
    events.ASSIGNED.record(
        case=ticket.case_id, by=by, now=now, ticket=ticket.pk, old=old, new=person and person.pk
    )
    if person:
        tell(
            [person],
            "assigned",
            case=ticket.case,
            key=f"assigned:{ticket.pk}:{now.timestamp()}",
            now=now,
            by=by,
        )


@transaction.atomic
def set_team(ticket, team, *, by, now):
    """Give the ticket to a team, or to none."""
    if by is not None:
        require(by, ASSIGN)
    old = ticket.team_id
    if old == (team and team.pk):
        return
    change(ticket, by=by, now=now, team=team)
    events.TEAM_SET.record(
        case=ticket.case_id, by=by, now=now, ticket=ticket.pk, old=old, new=team and team.pk
    )


@transaction.atomic
def set_status(ticket, status, *, by, now):
    """Put the ticket into another state. The customer waits for us only while it is ours to move."""
    if by is not None:
        require(by, CHANGE)
    if status not in Status.values:
        raise ValidationError(_("There is no such status."))
    old, status = ticket.status, Status(status)
    if old == status:
        return
    done = status in (Status.RESOLVED, Status.CLOSED)
    columns = {"status": status, "resolved_at": (ticket.resolved_at or now) if done else None}
    if status not in (Status.NEW, Status.OPEN):
        columns["waiting_since"] = None
    elif ticket.waiting_since is None:
        columns["waiting_since"] = queries.unanswered_since(ticket)
    if done:
        columns["wakes_at"] = None
    change(ticket, by=by, now=now, **columns)
    moved(ticket, old, by=by, now=now)


@transaction.atomic
def set_customer(ticket, customer, *, by, now):
    """The ticket belongs to another customer; their account comes with them."""
    if by is not None:
        require(by, CHANGE)
    old = ticket.customer_id
    if old == customer.pk:
        return
    change(ticket, by=by, now=now, customer=customer, account_id=customer.account_id)
    events.CUSTOMER_SET.record(
        case=ticket.case_id, by=by, now=now, ticket=ticket.pk, old=old, new=customer.pk
    )


@transaction.atomic
def snooze(ticket, until, *, by, now):
    """Let the ticket sleep until a time; a word of the customer's wakes it earlier."""
    require(by, CHANGE)
    if until <= now:
        raise ValidationError(_("Choose a time that is still to come."))
    change(ticket, by=by, now=now, wakes_at=until)
    events.SNOOZED.record(case=ticket.case_id, by=by, now=now, ticket=ticket.pk, until=until.isoformat())


@transaction.atomic
def wake(ticket, *, now, by=None):
    """Bring a sleeping ticket back; its holder is told when it woke by itself."""
    if by is not None:
        require(by, CHANGE)
    columns, old = {"wakes_at": None}, ticket.status
    if old in (Status.WAITING, Status.ON_HOLD):
        columns |= {"status": Status.OPEN, "waiting_since": now}
    change(ticket, by=by, now=now, **columns)
    moved(ticket, old, by=by, now=now)
    events.WOKEN.record(case=ticket.case_id, by=by, now=now, ticket=ticket.pk)
    if by is None and ticket.assignee:
        tell(
            [ticket.assignee], "woken", case=ticket.case, key=f"woken:{ticket.pk}:{now.timestamp()}", now=now
        )


def mark_due(due):
    """{ticket id: when the first of what is promised on it is due, or None}, as the room of promises says."""
    times = defaultdict(list)
    for pk, due_at in due.items():
        times[due_at].append(pk)
    for due_at, pks in times.items():
        Ticket.objects.filter(pk__in=pks).update(promise_due_at=due_at)
