"""The ladder beside a ticket: who was told, who has it, who comes next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import ASSIGN, NOTE, may
from ombud.spine.ladders import drawn, words
from ombud.spine.ladders.models import State
from ombud.spine.ladders.queries import climbs_open_on


@dataclass
class Shown:
    """One climb as the page draws it."""

    climb: object
    rungs: list
    may_have: bool
    may_let_go: bool
    what: str = ""

    @property
    def why(self):
        return words.why_words(self.climb)

    @property
    def is_held(self):
        return self.climb.state == State.HELD

    @property
    def holder(self):
        return self.climb.held_by.name if self.climb.held_by else ""

    @property
    def where(self):
        """How far it has come: “rung 2 of 3”."""
        return _("rung %(rung)s of %(rungs)s") % {"rung": self.climb.rung or 1, "rungs": len(self.rungs)}


def of(ticket, person, there, now):
    """What the panel shows: no question where nothing is climbed, some five for each climb."""
    climbs = climbs_open_on(ticket) if there["climbs"] else []
    return {
        "climbs": [_shown(climb, person, now) for climb in climbs],
        "may_climb": may(person, ASSIGN) and not ticket.is_done,
    }


def _shown(climb, person, now):
    has = climb.state == State.HELD and climb.held_by_id == person.pk
    return Shown(
        climb,
        drawn.strip(climb, now),
        may_have=may(person, NOTE) and climb.state != State.HELD,
        may_let_go=has,
        what=words.what_words(climb, now),
    )
