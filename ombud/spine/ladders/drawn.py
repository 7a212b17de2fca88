"""A climb as the strip that every page draws: `ui.ladder(drawn.strip(climb, now))`."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from ombud.ui.times import span, when_words

from .models import State
from .queries import behind, tellings_of
from .rungs import read
from .words import WAY_ICONS, Names, names_words


@dataclass
class Drawing:
    """What the strip is drawn from, asked for once: two to five questions, by the rung that is next."""

    climb: object
    now: object

    def __post_init__(self):
        self.plan = read(self.climb.plan)
        self.names = Names([self.plan])
        self.told = {}
        for telling in tellings_of(self.climb):
            self.told.setdefault(telling.rung, []).append(telling)
        self.is_open = self.climb.state != State.ENDED
        self.held = self._held_rung() if self.climb.state == State.HELD else None

    def _held_rung(self):
        """On which rung they stand who have it; who was never told stands where the climb has come to."""
        by = self.climb.held_by_id
        return max(
            (n for n, said in self.told.items() if any(t.person_id == by for t in said)), default=0
        ) or (self.climb.rung or 1)

    def rungs(self):
        """From the top down."""
        numbers = range(len(self.plan.rungs), 0, -1)
        return [self._rung(number, self.plan.rungs[number - 1]) for number in numbers]

    def _rung(self, number, rung):
        if number == self.held:
            return self._having(rung, number)
        if number <= self.climb.rung:
            return self._reached(rung, number)
        if number == self.climb.rung + 1 and self.is_open:
            return self._next(rung)
        after = _("{span} later").format(span=span(rung.after)) if rung.after else _("at once")
        return self._drawn(rung, "later", self.names.of(rung.whom), after if self.is_open else "")

    def _drawn(self, rung, state, name, words, **more):
        return {
            "state": state,
            "name": name,
            "words": words,
            "icons": [WAY_ICONS[way] for way in rung.by],
            **more,
        }

    def _having(self, rung, number):
        words = _("has it since {time}").format(time=when_words(self.climb.held_since, self.now))
        drawn = self._drawn(rung, "held", self.climb.held_by.name, words)
        return drawn | {"icons": ["check-check"]}

    def _reached(self, rung, number):
        told = self.told.get(number, [])
        if not told:
            return self._drawn(rung, "unreachable", self.names.of(rung.whom), _("nobody was there")) | {
                "icons": []
            }
        people = list({telling.person_id: telling.person.name for telling in told}.values())
        rounds = max(telling.round for telling in told)
        words = _("told {time}").format(time=when_words(told[0].told_at, self.now))
        if rounds > 1:
            words += " · " + ngettext("{n} time", "{n} times", rounds).format(n=rounds)
        return self._drawn(rung, "passed", names_words(people), words)

    def _next(self, rung):
        people, _turn = behind(rung.whom, self.climb.ticket, self.now)
        name = names_words([person.name for person in people]) if people else self.names.of(rung.whom)
        held = self.climb.state == State.HELD
        at, since = (
            (self.climb.held_until, self.climb.held_since)
            if held
            else (self.climb.climbs_at, self.climb.told_at or self.climb.started_at)
        )
        if at is None:
            return self._drawn(rung, "later", name, "")
        sentence = _("in {time}, if nothing happens") if held else _("in {time}, if nobody has it")
        left = Markup(sentence).format(time=_left(at, self.now)) if at > self.now else _("now")
        return self._drawn(rung, "next", name, left, clock="near", climb=_risen(since, at, self.now))


def strip(climb, now):
    """The rungs of a climb for `ui.ladder`."""
    return Drawing(climb, now).rungs()


def _left(at, now):
    local = timezone.localtime(at).isoformat()
    return Markup('<b><om-time as="left"><time datetime="{}" title="{}">{}</time></om-time></b>').format(
        local, when_words(at, now), span(at - now)
    )


def _risen(since, at, now):
    """How much of the time has passed, 0.1 to 1."""
    whole = (at - since).total_seconds()
    return min(1, max(0.1, (now - since).total_seconds() / whole)) if whole > 0 else 1
