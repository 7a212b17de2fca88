"""A desk that lives a random life at frozen times, with two ladders and all kinds of people on them."""

from contextlib import suppress
from datetime import timedelta

from django.core.exceptions import ValidationError

from ombud.foundation.clock.due import next_due
from ombud.foundation.events.tray import work_tray
from ombud.foundation.people import actions as people
from ombud.foundation.post import events as post
from ombud.spine.escalations import actions as escalations
from ombud.spine.escalations.models import Escalation
from ombud.spine.escalations.updates_due import work_updates
from ombud.spine.ladders import actions as ladders
from ombud.spine.ladders.climbing_due import work_climbs, work_watches
from ombud.spine.ladders.models import Climb
from ombud.spine.sla import actions as sla
from ombud.spine.sla.falling_due import work_promises
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Ticket
from tests.cast import Cast

HOUR = 3600
PEOPLE = ("ada", "lin", "ines", "noor", "emil")


class Desk:
    """Tickets, promises of an hour, and whatever people do; `pass_time` does what is due at its very time."""

    def __init__(self):
        self.cast = cast = Cast()
        self.ours = [getattr(cast, who) for who in PEOPLE]
        self.team = cast.team("Support", cast.ada, cast.lin, cast.emil)
        kinds = {"first_reply": {"seconds": HOUR}, "resolution": {"seconds": 5 * HOUR}}
        terms = {
            "targets": dict.fromkeys(("p1", "p2", "p3", "p4"), kinds),
            "warnings": [{"percent": 50, "to": "holder", "by": "product"}],
        }
        sla.keep_policy(name="Hours", conditions={}, terms=terms, by=None, now=cast.now)
        for weekday in range(5):
            for person, starts, ends in ((cast.lin, 540, 1080), (cast.emil, 1000, 1700)):
                duty = {"weekday": weekday, "starts": starts, "ends": ends, "by": None, "now": cast.now}
                ladders.keep_duty(team=self.team, person=person, **duty)
        self.ladders = [self._ladder("Critical", self._critical()), self._ladder("Broken", self._broken())]
        self.letters = []
        self.since = cast.now

    def _ladder(self, name, draft):
        ladder = ladders.keep_ladder(name=name, draft=draft, by=None, now=self.cast.now)
        ladders.publish(ladder, by=None, now=self.cast.now)
        return ladder

    def _critical(self):
        return {
            "starts": [
                {"on": "near", "conditions": {"priorities": ["p1", "p2"]}},
                {"on": "broken", "conditions": {"tags": ["customs"]}},
                {"on": "fits", "conditions": {"severities": ["critical"]}},
                {"on": "late_update"},
                {"on": "untouched", "after": 1500, "conditions": {"tiers": ["gold"]}},
            ],
            "rungs": [
                {"whom": {"kind": "turn", "of": self.team.pk}, "by": ["product"], "does": ["assign"]},
                {"whom": {"kind": "duty", "of": self.team.pk}, "after": 600, "by": ["mail"], "repeat": 300,
                 "times": 2},
                {"whom": {"kind": "role", "of": "head"}, "after": 900, "by": ["product", "mail"],
                 "repeat": 3600, "times": 3},
            ],
            "patience": {"p1": {"seconds": 900}, "p2": {"seconds": 1200}},
        }  # fmt: skip

    def _broken(self):
        return {
            "starts": [{"on": "broken"}, {"on": "by_hand"}, {"on": "untouched", "after": 4000}],
            "rungs": [
                {"whom": {"kind": "holder"}, "by": ["product", "mail"], "does": ["raise_priority"]},
                {"whom": {"kind": "turn", "of": self.team.pk}, "after": 300, "by": ["product"]},
                {"whom": {"kind": "leads"}, "after": 1800, "by": ["mail"], "does": ["assign"]},
                {"whom": {"kind": "person", "of": self.cast.noor.pk}, "after": 900, "by": ["product"],
                 "repeat": 600, "times": 4},
            ],
            "patience": {"p3": {"seconds": 1800}},
        }  # fmt: skip

    def pass_time(self, seconds):
        """Let the time go by; what is due is done when it is due."""
        until = self.cast.now + timedelta(seconds=seconds)
        self._work(self.cast.now)
        while at := next_due(self.cast.now, until):
            self.cast.now = at
            self._work(at)
        self.cast.now = until

    def _work(self, now):
        # What others do at the same moment is done before its ladders are.
        while work_promises(now) + work_updates(now) + work_tray(now) or work_watches(now) + work_climbs(now):
            pass

    def do(self, deed, ticket, person, more):
        """One of the deeds below, on one of the tickets, by one of us; what is refused was not done."""
        rows = list(Ticket.objects.order_by("pk"))
        given = rows[ticket % len(rows)] if rows else None
        with suppress(ValidationError):
            getattr(self, deed)(given, self.ours[person % len(self.ours)], more)
        self._work(self.cast.now)

    def write(self, _ticket, _by, more):
        """A customer writes; some are critical."""
        ticket = self.cast.writes(self.cast.carla if more % 2 else self.cast.chen)
        if more % 3 == 0:
            tickets.set_severity(ticket, "critical", by=None, now=self.cast.now)

    def assign(self, ticket, by, _more):
        """Somebody takes it."""
        tickets.assign(ticket, by, by=self.cast.ines, now=self.cast.now)

    def note(self, ticket, by, _more):
        """Somebody writes a note."""
        tickets.note(ticket, by=by, text="Customs called.", now=self.cast.now)

    def reply(self, ticket, by, _more):
        """Somebody answers; the letter leaves later, or never."""
        message = tickets.reply(ticket, by=by, text="Perdone.", now=self.cast.now)
        self.letters.append((ticket, message.letter_id))

    def leave(self, _ticket, _by, _more):
        """A letter leaves."""
        if self.letters:
            ticket, letter = self.letters.pop()
            post.LETTER_SENT.record(case=ticket.case_id, now=self.cast.now, letter=letter)

    def have(self, ticket, by, more):
        """Somebody has it."""
        climbs = list(Climb.objects.filter(ticket=ticket).order_by("id"))
        if climbs:
            ladders.acknowledge(climbs[more % len(climbs)], by=by, now=self.cast.now)

    def let_go(self, ticket, _by, _more):
        """Who had it cannot."""
        climb = Climb.objects.filter(ticket=ticket, state="held").first()
        if climb:
            ladders.let_go(climb, by=climb.held_by, now=self.cast.now)

    def climb_now(self, ticket, _by, _more):
        """Somebody does not wait."""
        ladders.climb_now(ticket, by=self.cast.ada, now=self.cast.now)

    def resolve(self, ticket, _by, more):
        """It is done, or begins again."""
        status = ("resolved", "open", "waiting")[more % 3]
        tickets.set_status(ticket, status, by=self.cast.ada, now=self.cast.now)

    def tag(self, ticket, _by, _more):
        """It is about customs."""
        tickets.tag(ticket, "customs", by=self.cast.ada, now=self.cast.now)

    def escalate(self, ticket, by, _more):
        """It is escalated; its first word is due soon."""
        if ticket:
            given = {"reason": "impact", "severity": "critical", "urgency": "critical"}
            escalations.raise_one(ticket, **given, by=by, now=self.cast.now)

    def update(self, _ticket, by, more):
        """An update goes out, late or in time; or none is due any more."""
        found = Escalation.objects.open().order_by("pk").first()
        if found and more < 4:
            escalations.send_update(found, process="Seguimos.", by=by, now=self.cast.now)
        elif found:
            escalations.de_escalate(found, "A mistake.", by=self.cast.emil, now=self.cast.now)

    def go_away(self, _ticket, by, more):
        """Somebody is away for some hours, with a deputy or without."""
        # A second later: whoever was told at this very moment was still there.
        starts = self.cast.now + timedelta(seconds=1)
        span = {"starts_at": starts, "ends_at": starts + timedelta(hours=1 + more)}
        deputy = self.ours[more % len(self.ours)]
        deputy = deputy if more % 2 and deputy != by else None
        people.plan_absence(person=by, **span, deputy=deputy, by=None, now=self.cast.now)


DEEDS = ("write", "assign", "note", "reply", "leave", "have", "have", "let_go", "climb_now", "resolve", "tag",
         "go_away", "escalate", "update")  # fmt: skip
