"""The desk as a replayed climb sees it: nobody is told, everything is remembered."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ombud.lib.working_time import add_working_time
from ombud.spine.ladders import events
from ombud.spine.ladders.models import State


@dataclass
class Replayed:
    """A climb that would have been; it has what `climbing` reads and writes of a `ladders.Climb`."""

    ticket: int
    plan: dict
    why: str
    started_at: datetime
    promise: int | None = None
    also: list = field(default_factory=list)  # what came meanwhile
    ordinal: int = 0  # which of its ticket's climbs
    number: int = 0  # which of all, so that those of one moment are worked in order
    state: str = State.CLIMBING
    rung: int = 0
    repeated: int = 0
    told_at: datetime | None = None
    climbs_at: datetime | None = None
    repeats_at: datetime | None = None
    next_at: datetime | None = None
    held_by: int | None = None
    held_since: datetime | None = None
    held_until: datetime | None = None
    seen_event: int = 0
    shift: timedelta = timedelta()  # how much sooner than really it was taken
    ended_at: datetime | None = None
    ended_why: str = ""
    stretch: int = 0
    asked: set = field(default_factory=set)  # who was told in this stretch
    expected: set = field(default_factory=set)  # ids of real acknowledgements that will be those of this one
    told: set = field(default_factory=set)
    tellings: list = field(default_factory=list)  # (time, person, rung, way)
    top: int = 0
    reached: set = field(default_factory=set)
    passed: list = field(default_factory=list)  # (time, rung) that nobody stood behind
    had: tuple | None = None  # (person or None, time)
    at_end_since: datetime | None = None
    at_end: float = 0.0  # seconds at the end of the ladder, and nobody had it

    @property
    def is_open(self):
        return self.state != State.ENDED


class Simulated:
    """Another world for `climbing`: it answers as `ladders.world.Live` does, from memory."""

    def __init__(self, side, climb, ticket, now):
        self.side, self.climb, self.ticket, self.now = side, climb, ticket, now

    @property
    def priority(self):
        return self.ticket.then.priority

    def later(self, calendar, start, seconds):
        """When so many seconds of a calendar have passed; of the wall clock without one."""
        clock = self.side.clocks(calendar)
        return add_working_time(clock, start, seconds) if clock else start + timedelta(seconds=seconds)

    def behind(self, rung):
        """Who stands behind a rung, and whose turn it was."""
        return self.side.roster.behind(rung.whom, self.ticket.then, self.now, self.side.turns)

    def moved_on(self, climb):
        """Whether one of ours did anything since somebody has it.

        Who took it sooner than really does sooner, too, what they did then.
        """
        history = self.ticket.history
        if not climb.shift:
            seen = self.ticket.heard
            moved = any(climb.seen_event < deed <= seen for deed, _at in history.deeds)
        else:
            until = self.now + climb.shift
            deeds = [deed for deed, at in history.deeds if deed > climb.seen_event and at <= until]
            seen = max(deeds, default=climb.seen_event)
            moved = bool(deeds) or any(climb.started_at < at <= until for at in history.finals)
        climb.seen_event = seen if moved else climb.seen_event
        return moved

    def tell(self, climb, rung, people, turn_of, now):
        """Remember who would be told, and when they would answer."""
        for way in rung.by:
            climb.tellings += [(now, person.pk, climb.rung, way) for person in people]
        for person in people:
            if turn_of is not None:
                self.side.turns.took(turn_of, person.pk, now)
            climb.told.add(person.pk)
            if person.pk not in climb.asked:
                climb.asked.add(person.pk)
                self.side.ask(climb, self.ticket, person.pk, now)
        return [person.pk for person in people]

    def note(self, verb, climb, now, **data):
        """Remember what happened; do what the rung does besides."""
        if verb is events.REACHED:
            climb.top = max(climb.top, data["rung"])
            climb.reached.add(data["rung"])
            self.side.do_what_the_rung_says(climb, self.ticket, data["people"])
        elif verb is events.NOBODY_THERE:
            climb.passed.append((now, data["rung"]))
        elif verb is events.RESUMED:
            self.side.next_stretch(climb)
        elif verb is events.TOPPED:
            climb.top = max(climb.top, data["rung"])
            climb.at_end_since = climb.at_end_since or now
