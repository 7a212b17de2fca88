"""What people really did when a ladder told them, so that a replay can let them do it again.

Somebody who took it four minutes after being told takes it four minutes after being told by the draft. A
climb is cut into stretches: from its start, and from whenever somebody had it and it climbed on. A replay of
what was live tells the same people at the same times, and so has the same answers at the same moments.
"""

from typing import NamedTuple

from ombud.spine.ladders import events as climbs

REACHED, TOPPED = climbs.REACHED.name, climbs.TOPPED.name


class Answer(NamedTuple):
    """Somebody took it: the event, and how long after they had first been told in that stretch."""

    event: object
    after: object  # timedelta


class Answers:
    """The acknowledgements, and the presses of “climb now”, on one ticket's real climbs of one ladder."""

    def __init__(self, its_own, all_of_them, told, events):
        self.by_place = {}  # {(climb's ordinal, stretch, person): Answer}
        self.by_person = {}  # {person: their first Answer}
        self.unasked = set()  # ids of events: took it though nobody had told them
        self.again = set()  # ids of events: took again what they had
        self.pressed = {}  # {event id: who let it go by it, or None}
        self.told = set()  # (ordinal, stretch, person)
        self.first_told = {}  # {person: when any ladder first told them on this ticket}
        self.reached = []  # events: a rung of this ladder was reached, and did something besides
        for climb in all_of_them:
            for person, at in told[climb.pk]:
                self.first_told[person] = min(at, self.first_told.get(person, at))
        for ordinal, climb in enumerate(its_own):
            mine = [event for event in events if event.data.get("climb") == climb.pk]
            _Reading(self, ordinal, climb, told[climb.pk]).read(mine)

    def caused(self, event):
        """Whether a rung of this ladder assigned the ticket or raised its priority by this event."""
        for reached in self.reached:
            if reached.at == event.at and reached.id < event.id and reached.data["people"]:
                if "overruled" in event.data:
                    return event.data["overruled"]
                return event.data["new"] == reached.data["people"][0]
        return False

    def to(self, ordinal, stretch, person):
        """How this person answers when first told in a stretch; None for silence."""
        place = (ordinal, stretch, person)
        if place in self.by_place or place in self.told:
            return self.by_place.get(place)
        return self.by_person.get(person)


class _Reading:
    """Reads one real climb, from its start to its end."""

    def __init__(self, answers, ordinal, climb, told):
        self.answers, self.ordinal, self.told = answers, ordinal, told
        self.stretch, self.since, self.holder = 0, climb.started_at, None
        self.last = None

    def read(self, events):
        for event in events:
            if event.verb == climbs.ACKNOWLEDGED.name:
                self._acknowledged(event)
            elif event.verb == climbs.RESUMED.name:
                self._next(event.at)
            elif event.verb in (REACHED, TOPPED) and (event.actor or event.token):
                self._pressed(event)
            if event.verb == REACHED:
                self.answers.reached.append(event)
            self.last = event
        self._close(None)

    def _acknowledged(self, event):
        person = event.data["person"]
        if self.holder == person:
            self.answers.again.add(event.id)
            return
        self.holder = person
        times = [at for who, at in self.told if who == person and self.since <= at <= event.at]
        if not times:
            self.answers.unasked.add(event.id)
            return
        answer = Answer(event, event.at - times[0])
        self.answers.by_place[self.ordinal, self.stretch, person] = answer
        self.answers.by_person.setdefault(person, answer)

    def _pressed(self, event):
        if event.verb == TOPPED and self.last and self.last.verb == REACHED and self.last.at == event.at:
            return  # the same press, which came to the last rung
        self.answers.pressed[event.id] = self.holder if event.actor == self.holder else None
        if self.holder:
            self._next(event.at)

    def _next(self, at):
        self._close(at)
        self.stretch, self.since, self.holder = self.stretch + 1, at, None

    def _close(self, until):
        for person, at in self.told:
            if self.since <= at and (until is None or at < until):
                self.answers.told.add((self.ordinal, self.stretch, person))
