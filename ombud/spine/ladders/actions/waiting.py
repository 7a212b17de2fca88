"""Beginnings that other rooms report, and those that wait: untouched for so long, unconfirmed for so long."""

from django.db import transaction

from ombud.spine.ladders.models import Climb, Led, Watch
from ombud.spine.ladders.queries import first_start, ladder_for, ladders, plans_of
from ombud.spine.sla.queries import Clocks, facts_of
from ombud.spine.sla.reckoning import later
from ombud.spine.tickets.models import Ticket

from .climbs import leave, start

MANY = 1000  # tickets that are watched with one statement


def begin(ticket, on, *, now, since=None, by=None):
    """Climb the first ladder that begins at this (one of rungs.STARTS); None when none does.

    `since` is the time that was missed, for those who are told. One that is being climbed already for this
    ticket goes on instead, with one more reason.
    """
    ladder = ladder_for(ticket, on)
    return start(ladder, ticket, why=on, since=since, now=now, by=by) if ladder else None


@transaction.atomic
def watch(ticket, on, *, since, now):
    """This is so since then: when it lasts as long as a ladder says, that is climbed; `settle` ends it."""
    row, is_new = Watch.objects.get_or_create(ticket=ticket, on=on, defaults={"since": since})
    if is_new or row.since != since:
        row.since, row.begun_at = since, None
        look(row, now=now)


def watch_untouched(tickets, *, now, among=None):
    """The same for many tickets that have just come and that nobody of ours has touched."""
    asked = Asked(among)
    rows = [Watch(ticket=one, on="untouched", since=now, due_at=asked.due(one, now)) for one in tickets]
    Watch.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def settle(tickets, on, *, ended, now, by=None):
    """It is so no more on these tickets (or their ids); a climb without another reason ends by that word."""
    Watch.objects.filter(ticket__in=tickets, on=on).delete()
    for climb in Climb.objects.open().filter(ticket__in=tickets):
        if on in (climb.why, *climb.also):
            leave(climb, [on], ended=ended, now=now, by=by)


class Asked:
    """What the ladders say about beginning after a while; for one piece of work, not to be kept."""

    def __init__(self, among=None):
        self.plans, self.clocks = plans_of(ladders() if among is None else among), Clocks()

    def first(self, ticket, on, since):
        """(ladder, when it begins), or (None, None)."""
        ladder, said = first_start(self.plans, facts_of(ticket), on)
        return (ladder, later(self.clocks(said.calendar), since, said.after)) if ladder else (None, None)

    def due(self, ticket, since):
        """When an untouched ticket begins one; None when it begins none."""
        return self.first(ticket, "untouched", since)[1]


def look(row, *, now, among=None):
    """Begin what is due for a watch, or set when it is; one of what is so no more goes away."""
    ticket = Ticket.objects.select_related("case", "account").get(pk=row.ticket_id)
    if not is_so(ticket, row.on):
        row.delete()
        return
    ladder, row.due_at = Asked(among).first(ticket, row.on, row.since)
    if row.due_at is not None and row.due_at <= now:
        start(ladder, ticket, why=row.on, since=row.since, now=now)
        row.due_at, row.begun_at = None, now
    row.save(update_fields=["since", "due_at", "begun_at"])


def is_so(ticket, on):
    """Whether a ticket is still as a climb says that is about the ticket itself."""
    if ticket.is_done or ticket.merged_into_id:
        return False
    return on != "untouched" or ticket.touched_at is None


def look_again(now, tickets=None):
    """Ladders, or these tickets, have changed: whatever has not begun yet is looked at once more, soon."""
    waiting = Watch.objects.filter(begun_at=None)
    if tickets is not None:
        waiting = waiting.filter(ticket__in=tickets)
    waiting.update(due_at=now)


def watch_all_untouched(now):
    """Watch what is untouched and was not watched; it counts from now, so that nobody is flooded."""
    untouched = Ticket.objects.filter(
        merged_into=None, touched_at=None, waiting_since__isnull=False, resolved_at=None
    )
    ids = list(untouched.exclude(watches__on="untouched").values_list("pk", flat=True))
    for at in range(0, len(ids), MANY):
        rows = [Watch(ticket_id=pk, on="untouched", since=now, due_at=now) for pk in ids[at : at + MANY]]
        Watch.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def led_by(tickets, manager):
    """The escalation of these tickets (or their ids) is led by this person now; None: by nobody."""
    Led.objects.filter(ticket__in=tickets).delete()
    if manager:
        ids = [getattr(ticket, "pk", ticket) for ticket in tickets]
        Led.objects.bulk_create([Led(ticket_id=pk, manager=manager) for pk in ids])
