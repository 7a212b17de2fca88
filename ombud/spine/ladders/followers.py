"""Climbs that begin because of a promise, and what a rung does besides telling."""

from ombud.foundation.people.models import Person
from ombud.spine.sla import events as sla
from ombud.spine.sla.models import Promise
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Ticket

from . import events
from .actions import start
from .models import Climb
from .queries import ladder_for, ladders
from .rungs import read

HIGHER = {"p4": "p3", "p3": "p2", "p2": "p1"}


@sla.BROKEN.batch_follower
def broken(happened):
    """A broken promise sets people in motion."""
    _begin(happened, "broken")


@sla.WARNED.batch_follower
def near(happened):
    """So does one that is about to break, where a ladder says so."""
    _begin(happened, "near")


def _begin(happened, on):
    among = ladders()
    if not among:
        return
    owed = Promise.objects.owed().filter(pk__in=[event.data["promise"] for event in happened])
    promises = owed.select_related("ticket__account").in_bulk()
    for event in happened:
        promise = promises.get(event.data["promise"])
        if promise is None or promise.answered_at:
            continue  # fulfilled meanwhile, or on its way
        ladder = ladder_for(promise.ticket, on, promise.kind, among)
        if ladder:
            start(ladder, promise.ticket, why=on, promise=promise, now=event.happened_at)


@events.REACHED.follower
def do_what_the_rung_says(event):
    """Reassign to who was told first, raise the priority: in the name of the ladder."""
    climb = Climb.objects.select_related("ticket").get(pk=event.data["climb"])
    rung = read(climb.plan).rungs[event.data["rung"] - 1]
    ticket = Ticket.objects.select_related("assignee").get(pk=climb.ticket_id)
    if climb.ended_at:
        return
    if "assign" in rung.does and event.data["people"]:
        person = Person.objects.get(pk=event.data["people"][0])
        tickets.assign(ticket, person, by=None, now=event.happened_at)
    if "raise_priority" in rung.does and ticket.priority in HIGHER:
        why = f"{climb.ladder.name}, {event.data['rung']}"
        tickets.overrule_priority(ticket, HIGHER[ticket.priority], why, by=None, now=event.happened_at)
