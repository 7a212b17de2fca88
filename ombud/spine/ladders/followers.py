"""Climbs that begin because of a promise or a ticket, and what a rung does besides telling."""

from itertools import groupby

from ombud.foundation.people.models import Person
from ombud.spine.sla import events as sla
from ombud.spine.sla.happenings import is_old
from ombud.spine.sla.models import Promise
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets import events as tickets_
from ombud.spine.tickets.models import Ticket

from . import events
from .actions import start
from .actions.waiting import look_again, watch_all_untouched, watch_untouched
from .models import Climb
from .queries import ladder_for, ladders
from .rungs import read
from .webhooks import call_once

HIGHER = {"p4": "p3", "p3": "p2", "p2": "p1"}


@sla.BROKEN.batch_follower
def broken(happened):
    """A broken promise sets people in motion."""
    _begin(happened, "broken")


@sla.WARNED.batch_follower
def near(happened):
    """So does one that is about to break, where a ladder says so."""
    _begin(happened, "near")


@tickets_.OPENED.batch_follower
@tickets_.SEVERITY_SET.batch_follower
@tickets_.PRIORITY_SET.batch_follower
@tickets_.TAGGED.batch_follower
def fits(happened):
    """A ticket that comes, or comes to be critical, may begin one without any promise, at once or later."""
    live = ladders()
    among = [ladder for ladder in live if _begins(ladder, "fits")]
    waiting = [ladder for ladder in live if _begins(ladder, "untouched")]
    if not among and not waiting:
        return
    undone = Ticket.objects.filter(resolved_at=None, merged_into=None).select_related("account")
    found = undone.in_bulk({event.data["ticket"] for event in happened})
    pairs = [(event, found[event.data["ticket"]]) for event in happened if event.data["ticket"] in found]
    pairs = [(event, ticket) for event, ticket in pairs if not _is_a_memory(event, ticket)]
    for event, ticket in pairs if among else ():
        ladder = ladder_for(ticket, "fits", among=among)
        if ladder:
            start(ladder, ticket, why="fits", now=event.happened_at)
    if waiting:
        _watch(pairs, waiting)


def _watch(pairs, among):
    """What has come is watched until somebody touches it; what has become otherwise is looked at again."""
    untouched = [(event, ticket) for event, ticket in pairs if ticket.touched_at is None]
    for now, came in groupby(untouched, key=lambda pair: pair[0].happened_at):
        came = list(came)
        new = [ticket for event, ticket in came if event.verb == tickets_.OPENED.name]
        watch_untouched(new, now=now, among=among)
        look_again(now, [ticket for event, ticket in came if event.verb != tickets_.OPENED.name])


@events.LADDER_PUBLISHED.follower
@events.LADDER_RESTORED.follower
@events.LADDER_ARCHIVED.follower
@events.LADDERS_ORDERED.follower
def look_at_what_waits(event):
    """What was to begin one ladder after a while may begin another, or sooner; or begin one at last."""
    look_again(event.happened_at)
    if any(_begins(ladder, "untouched") for ladder in ladders()):
        watch_all_untouched(event.happened_at)


def _begins(ladder, on):
    return any(one.on == on for one in read(ladder.version.plan).starts)


def _is_a_memory(event, ticket):
    """Whether it came with an archive of old mail."""
    first = ticket.messages.order_by("id").first() if event.verb == tickets_.OPENED.name else None
    return first is not None and is_old(first.happened_at, event.happened_at)


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
    """Reassign to who was told first, raise the priority, tell another system: in the name of the ladder."""
    climb = Climb.objects.select_related("ticket__account", "ladder").get(pk=event.data["climb"])
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
    if "webhook" in rung.does:
        call_once(climb, event.data["rung"], rung, event, event.happened_at)
