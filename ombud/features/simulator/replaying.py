"""One ladder climbed over the past: what really happened is heard in order, and what falls due is done."""

import heapq
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from ombud.spine.escalations import events as escalations
from ombud.spine.ladders import climbing
from ombud.spine.ladders import events as climbs
from ombud.spine.ladders.followers import HIGHER
from ombud.spine.ladders.models import State
from ombud.spine.ladders.queries import first_start, first_to_begin
from ombud.spine.ladders.reactions import TOUCHES
from ombud.spine.ladders.rungs import OF_PROMISES, read
from ombud.spine.sla import events as sla
from ombud.spine.sla.reckoning import later
from ombud.spine.tickets import events as tickets

from .past import History
from .then import DONE, Then
from .world import Replayed, Simulated

PARTS_OF_DEEDS = (tickets.ASSIGNED.name, tickets.PRIORITY_SET.name)
FITS = (tickets.OPENED.name, tickets.SEVERITY_SET.name, tickets.PRIORITY_SET.name, tickets.TAGGED.name)
TOUCHED = tuple(verb.name for verb in TOUCHES)
AS_ANSWERS = ("first_reply", "next_reply", "update")
FULFILLED = ("kept", "made_good", "resolved")


@dataclass
class Replaying:
    """One ticket during a replay: as it is at the moment that was come to."""

    history: History
    then: Then
    broken: dict
    heard: int = 0  # the id of the last event
    climb: Replayed | None = None
    ordinal: int = 0
    on_its_way: bool = False  # an answer was written and has not left yet
    unanswered: set = field(default_factory=set)  # ids of promises that were made after it was written
    begun_by: tuple = ()  # the press that began the real climb
    untouched_since: datetime | None = None  # since it came in these days, until somebody touched it
    sent_late: set = field(default_factory=set)  # numbers of updates that went out late
    ended: list = field(default_factory=list)


class Side:
    """One ladder among all, replayed: the draft, or the live version beside it."""

    def __init__(self, ladder_id, among, roster, clocks, turns, until):
        """`among`: [(ladder id, plan as JSON)] in their order, with the one that is replayed in its place."""
        self.ladder_id, self.until = ladder_id, until
        self.roster, self.clocks, self.turns = roster, clocks, turns
        self.among = [(pk, read(plan)) for pk, plan in among]
        self.plan = dict(among)[ladder_id]
        self.first = read(self.plan).rungs[0]
        self._due, self._number, self._pushed = [], count(), count()

    def replay(self, histories):
        """The climbs that would have been on these tickets."""
        here = {one.ticket: Replaying(one, one.then.copy(), dict(one.broken)) for one in histories}
        for event in heapq.merge(*(one.events for one in histories), key=lambda event: event.id):
            self._drain(here, event.at)
            self._hear(here[event.ticket], event)
        self._drain(here, self.until)
        found = []
        for ticket in here.values():
            if ticket.climb:
                self._settle(ticket.climb, self.until)
                ticket.ended.append(ticket.climb)
            found += ticket.ended
        return sorted(found, key=lambda climb: climb.number)

    # What falls due

    def _drain(self, here, until):
        while self._due and self._due[0][0] <= until:
            at, *_order, climb, taking = heapq.heappop(self._due)
            if isinstance(climb, Replaying):
                self._look(climb, at)
                continue
            ticket = here[climb.ticket]
            if taking:
                person, event, stretch = taking
                if climb.is_open and climb.state != State.HELD and climb.stretch == stretch:
                    self._take(ticket, climb, person, at, seen=event.id, shift=event.at - at)
            elif climb.is_open and climb.next_at == at:
                climb.next_at = None  # as the clock does: it is due once
                climbing.advance(climb, self._world(ticket, climb, at), at)
                self._wind(climb)

    def _wind(self, climb):
        if climb.next_at is not None:
            self._push(climb.next_at, climb, None)

    def _push(self, at, climb, taking):
        heapq.heappush(self._due, (at, taking is not None, climb.number, next(self._pushed), climb, taking))

    def _look(self, ticket, now):
        """Whether nobody has touched it for as long as the first ladder that fits says, as `waiting.look`."""
        since = ticket.untouched_since
        if since is None or ticket.then.is_done:
            return
        ladder, start = first_start(self.among, ticket.then.facts, "untouched")
        if ladder is None:
            return
        at = later(self.clocks(start.calendar), since, start.after)
        if at > now:
            heapq.heappush(self._due, (at, False, -1, next(self._pushed), ticket, None))
            return
        ticket.untouched_since = None
        if ladder == self.ladder_id:
            self._begin(ticket, now, "untouched")

    def _world(self, ticket, climb, now):
        return Simulated(self, climb, ticket, now)

    # What really happened

    def _hear(self, ticket, event):
        if not self._was_done_by_its_ladder(ticket, event):
            ticket.then.hear(event)
        _HEARD.get(event.verb, lambda *_: None)(self, ticket, event)
        if event.verb in FITS and not ticket.then.is_done and event.id not in ticket.history.memories:
            self._begin_if(ticket, event, "fits")
            self._watch(ticket, event)
        if event.verb in TOUCHED and event.actor is not None:
            ticket.untouched_since = None
            self._leave(ticket, event, ("untouched",), "touched")
        if event.is_deed:
            self._took_by_deed(ticket, event)
        ticket.heard = event.id

    def _was_done_by_its_ladder(self, ticket, event):
        """Assigned or raised by the real ladder: the replayed one does that itself."""
        by_itself = event.actor is None and event.token is None
        return event.verb in PARTS_OF_DEEDS and by_itself and ticket.history.answers.caused(event)

    def _broken(self, ticket, event):
        promise, due = event.data["promise"], datetime.fromisoformat(event.data["due"])
        ticket.broken[promise] = ticket.history.dues[promise] = due
        self._endangered(ticket, event, "broken")

    def _warned(self, ticket, event):
        self._endangered(ticket, event, "near")

    def _endangered(self, ticket, event, on):
        kind, promise = event.data["kind"], event.data["promise"]
        answered = ticket.on_its_way and kind in AS_ANSWERS and promise not in ticket.unanswered
        if not answered:
            self._begin_if(ticket, event, on, kind, promise)

    def _fulfilled(self, ticket, event):
        promise = event.data["promise"]
        ticket.broken.pop(promise, None)
        if ticket.climb and ticket.climb.promise == promise:
            other = min(ticket.broken, key=ticket.broken.get, default=None)
            if other is None:
                self._leave(ticket, event, OF_PROMISES, event.verb.partition(".")[2])
            else:
                ticket.climb.promise = other

    def _owed_again(self, ticket, event):
        promise = event.data["promise"]
        if promise in ticket.history.dues:
            ticket.broken[promise] = ticket.history.dues[promise]

    def _status(self, ticket, event):
        if event.data["new"] in DONE:
            self._end(ticket, event, "resolved")

    def _merged(self, ticket, event):
        self._end(ticket, event, "merged")

    def _replied(self, ticket, event):
        if event.actor is not None:
            ticket.on_its_way, ticket.unanswered = True, set()

    def _made(self, ticket, event):
        ticket.unanswered.add(event.data["promise"])

    def _arrived(self, ticket, event):
        ticket.on_its_way = False

    def _started(self, ticket, event):
        if event.data["why"] != "by_hand":
            return
        ticket.begun_by = (event.data["climb"], event.at)
        if ticket.climb is None:
            self._begin_if(ticket, event, "by_hand")
        self._press(ticket, event)

    def _pressed(self, ticket, event):
        pressed = ticket.history.answers.pressed
        if event.id not in pressed:
            return
        if ticket.begun_by == (event.data["climb"], event.at):
            ticket.begun_by = ()  # the press that began it, which was done with its beginning
            return
        let_go_by = pressed[event.id]
        if ticket.climb and (let_go_by is None or ticket.climb.held_by == let_go_by):
            self._press(ticket, event)

    def _press(self, ticket, event):
        climb = ticket.climb
        if climb is None:
            return
        self._settle(climb, event.at)
        if climb.state == State.HELD:
            self.next_stretch(climb)
        climbing.climb_now(climb, self._world(ticket, climb, event.at), event.at)
        self._wind(climb)

    def _acknowledged(self, ticket, event):
        climb, answers, person = ticket.climb, ticket.history.answers, event.data["person"]
        if climb is None:
            return
        if event.id in answers.again:
            takes = climb.held_by == person
        else:
            takes = climb.state != State.HELD and (event.id in climb.expected or event.id in answers.unasked)
        if takes:
            self._take(ticket, climb, person, event.at, seen=event.id)

    def _took_by_deed(self, ticket, event):
        """Whoever is told here, was told by nobody really, and does something: they have it."""
        climb, really = ticket.climb, ticket.history.answers.first_told.get(event.actor)
        is_told = climb and climb.state != State.HELD and event.actor in climb.told
        if is_told and (really is None or really > event.at):
            self._take(ticket, climb, event.actor, event.at, seen=event.id)

    def _watch(self, ticket, event):
        if event.verb == tickets.OPENED.name:
            ticket.untouched_since = event.at
        self._look(ticket, event.at)

    def _update_late(self, ticket, event):
        self._begin_if(ticket, event, "late_update")

    def _update_sent(self, ticket, event):
        if not event.data["kept"]:
            ticket.sent_late.add(event.data["update"])
        self._leave(ticket, event, ("late_update",), "updated")

    def _update_taken_back(self, ticket, event):
        if event.data["update"] in ticket.sent_late:
            self._begin_if(ticket, event, "late_update")

    def _no_update_due(self, ticket, event):
        self._leave(ticket, event, ("late_update",), event.verb.partition(".")[2])

    # Beginning, having, ending

    def _begin_if(self, ticket, event, on, kind=None, promise=None):
        if first_to_begin(self.among, ticket.then.facts, on, kind) == self.ladder_id:
            self._begin(ticket, event.at, on, promise)

    def _begin(self, ticket, now, on, promise=None):
        busy = ticket.history.busy and (ticket.history.busy_until is None or now < ticket.history.busy_until)
        if busy:
            return
        if ticket.climb:
            self._join(ticket.climb, on, promise, now)
            return
        climb = Replayed(ticket.history.ticket, self.plan, on, now, promise)
        climb.ordinal, climb.number, ticket.climb = ticket.ordinal, next(self._number), climb
        ticket.ordinal += 1
        first = self._world(ticket, climb, now).later(self.first.calendar, now, self.first.after)
        climb.climbs_at = climb.next_at = first
        self._wind(climb)

    def _join(self, climb, on, promise, now):
        """It is climbed already, and has one more reason."""
        before = climb.next_at
        if climbing.join(climb, on, now):
            climb.promise = climb.promise or promise
            if climb.next_at != before:
                self._settle(climb, now)
                self._wind(climb)

    def _leave(self, ticket, event, reasons, why):
        """Some reasons are over; with the last it ends."""
        climb = ticket.climb
        if climb is None or not {climb.why, *climb.also}.intersection(reasons):
            return
        if climbing.leave(climb, *reasons):
            self._end(ticket, event, why)
        elif not {climb.why, *climb.also}.intersection(OF_PROMISES):
            climb.promise = None

    def ask(self, climb, ticket, person, now):
        """Somebody is told for the first time in a stretch: when do they answer?"""
        answer = ticket.history.answers.to(climb.ordinal, climb.stretch, person)
        if answer is None:
            return
        at = now + answer.after
        if at == answer.event.at:
            climb.expected.add(answer.event.id)  # at its place among what happened at that moment
        else:
            self._push(at, climb, (person, answer.event, climb.stretch))

    def _take(self, ticket, climb, person, now, seen, shift=timedelta()):
        self._settle(climb, now)
        climb.state, climb.held_by, climb.held_since = State.HELD, person, now
        climb.seen_event, climb.shift = seen, shift
        climb.had = climb.had or (person, now)
        climbing.hold(climb, read(climb.plan), self._world(ticket, climb, now), now)
        self._wind(climb)

    def next_stretch(self, climb):
        """Somebody had it, and it climbs on."""
        climb.stretch, climb.asked, climb.expected = climb.stretch + 1, set(), set()

    def _end(self, ticket, event, why):
        climb, ticket.climb = ticket.climb, None
        if climb is None:
            return
        self._settle(climb, event.at)
        climb.state, climb.ended_at, climb.ended_why, climb.next_at = State.ENDED, event.at, why, None
        if climb.had is None and why in FULFILLED:
            climb.had = (event.actor, event.at)
        ticket.ended.append(climb)

    def _settle(self, climb, now):
        if climb.at_end_since:
            climb.at_end += (now - climb.at_end_since).total_seconds()
            climb.at_end_since = None

    def do_what_the_rung_says(self, climb, ticket, people):
        """Reassign, raise the priority; nothing more when the first could not have the ticket."""
        rung = read(climb.plan).rungs[climb.rung - 1]
        if "assign" in rung.does and people:
            if not self.roster.may_answer(people[0]):
                return
            ticket.then.assignee = people[0]
        if "raise_priority" in rung.does:
            ticket.then.priority = HIGHER.get(ticket.then.priority, ticket.then.priority)


_HEARD = {
    sla.BROKEN.name: Side._broken,
    sla.WARNED.name: Side._warned,
    sla.KEPT.name: Side._fulfilled,
    sla.MADE_GOOD.name: Side._fulfilled,
    sla.CANCELLED.name: Side._fulfilled,
    sla.OWED_AGAIN.name: Side._owed_again,
    tickets.STATUS_SET.name: Side._status,
    tickets.MERGED_AWAY.name: Side._merged,
    sla.MADE.name: Side._made,
    tickets.REPLIED.name: Side._replied,
    tickets.REPLY_SENT.name: Side._arrived,
    tickets.REPLY_FAILED.name: Side._arrived,
    tickets.REPLY_TAKEN_BACK.name: Side._arrived,
    climbs.STARTED.name: Side._started,
    climbs.REACHED.name: Side._pressed,
    climbs.TOPPED.name: Side._pressed,
    climbs.ACKNOWLEDGED.name: Side._acknowledged,
    escalations.UPDATE_LATE.name: Side._update_late,
    escalations.UPDATE_SENT.name: Side._update_sent,
    escalations.UPDATE_TAKEN_BACK.name: Side._update_taken_back,
    escalations.WAIVED.name: Side._no_update_due,
    escalations.DE_ESCALATED.name: Side._no_update_due,
    escalations.CLOSED.name: Side._no_update_due,
}
