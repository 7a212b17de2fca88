"""Beside the stages: what climbs next, who carries how much, what just happened."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.translation import gettext as _

from ombud.foundation.events.models import Event
from ombud.foundation.people.models import Person
from ombud.spine.escalations.models import Asking, Pulse, Solution, Stage
from ombud.spine.ladders.models import State
from ombud.spine.ladders.queries import behind, open_climbs
from ombud.spine.ladders.rungs import read
from ombud.spine.ladders.words import Names, names_words
from ombud.spine.tickets.queries import visible_to

SOON = 4  # climbs that are named with who is next
HAPPENED = 8
SQUARES = 12  # of one's load; more are said in numbers
# More than six at once is too many for one person: each takes a good hour a day while it is critical.
AT_MOST = 6


def climbing(person, tickets):
    """The open climbs of escalated tickets, and the first of all others that climb by themselves."""
    mine = list(open_climbs(list(tickets)).select_related("ticket__account", "ticket__customer"))
    others = open_climbs(visible_to(person)).exclude(ticket__in=list(tickets)).filter(climbs_at__isnull=False)
    return mine + list(others.select_related("ticket__account", "ticket__customer")[:SOON])


def put_ladders(cards, climbs, tickets, now):
    """Draw a small ladder on each card of whose tickets one is climbed; the highest, where several are."""
    highest = {}
    for climb in climbs:
        escalation = tickets.get(climb.ticket_id)
        if escalation and climb.rung >= getattr(highest.get(escalation), "rung", -1):
            highest[escalation] = climb
    for card in cards:
        climb = highest.get(card.escalation.pk)
        card.rungs = climb and _rungs(climb, card.state, now)


def _rungs(climb, clock, now):
    """From the top down, without names: where it stands, and how near the next rung is."""
    top, here = len(climb.plan["rungs"]), max(climb.rung, 1)
    rungs = [{"state": "later"} for _n in range(top, here + 1, -1)]
    if here < top:
        rungs.append({"state": "next", "clock": clock, "climb": _risen(climb, now)})
    rungs.append({"state": "held", "clock": clock})
    return rungs + [{"state": "passed"} for _n in range(here - 1)]


def _risen(climb, now):
    since = climb.told_at or climb.started_at
    if climb.climbs_at is None or climb.climbs_at <= since:
        return 0
    return min(1, max(0.1, (now - since) / (climb.climbs_at - since)))


def next_climbs(climbs, tickets, escalations, now, only=False):
    """The climbs that come next by themselves, with who is told then; some two questions for each.

    `only` those of these escalations: somebody looks at a part of the wall.
    """
    numbers = {one.pk: one.number for one in escalations}
    coming = [one for one in climbs if _climbs(one) and (not only or tickets.get(one.ticket_id) in numbers)]
    coming = sorted(coming, key=lambda one: (one.climbs_at, one.pk))[:SOON]
    plans = {climb.pk: read(climb.plan) for climb in coming}
    names = Names(plans.values())
    return [
        {
            "climb": climb,
            "name": climb.ticket.account.name if climb.ticket.account else str(climb.ticket.customer),
            "whom": _whom(climb, plans[climb.pk].rungs[climb.rung], names, now),
            "escalation": numbers.get(tickets.get(climb.ticket_id)),
            "left": 1 - _risen(climb, now),
            "state": "broken" if climb.climbs_at <= now else "near",
        }
        for climb in coming
    ]


def _climbs(climb):
    return climb.state == State.CLIMBING and climb.climbs_at and climb.rung < len(climb.plan["rungs"])


def _whom(climb, rung, names, now):
    people, _turn = behind(rung.whom, climb.ticket, now)
    return names_words([person.name for person in people]) if people else names.of(rung.whom)


@dataclass
class Load:
    """What somebody leads, as squares."""

    person: object
    states: list = field(default_factory=list)

    @property
    def squares(self):
        return self.states[:SQUARES]

    @property
    def room(self):
        """How many more they could lead; nobody leads none."""
        return max(AT_MOST - len(self.states), 0) if self.person else 0

    @property
    def is_over(self):
        return bool(self.person) and len(self.states) > AT_MOST


def load(cards):
    """Who leads how many, the most first; nobody's last. No question."""
    found = {}
    for card in cards:  # what is late stands first
        manager = card.escalation.manager
        found.setdefault(manager and manager.pk, Load(manager)).states.append(card.state)
    return sorted(
        found.values(),
        key=lambda one: (one.person is None, -len(one.states), one.person.name if one.person else ""),
    )


def _update(event, name, people):
    if event.data["kept"]:
        return "kept", format_html(_("{name} updated in time"), name=name)
    return "near", format_html(_("{name} updated, late"), name=name)


def _assigned(event, name, people):
    if event.data["how"] == "raised":
        return None
    sentence = _("{who} took over {name}") if event.data["how"] == "taken" else _("{who} leads {name} now")
    return "", format_html(sentence, who=people.get(event.data["new"], _("somebody")), name=name)


def _raised(event, name, people):
    if event.actor_id:
        return "", format_html(_("{who} escalated {name}"), who=people.get(event.actor_id, ""), name=name)
    return "", format_html(_("{name} was escalated"), name=name)


def _reached(event, name, people):
    return "", format_html(_("{name}: {stage}"), name=name, stage=Stage(event.data["new"]).label)


def _offered(event, name, people):
    kind = Solution.Kind(event.data["kind"]).label
    return "", format_html(_("{name} was offered: {kind}"), name=name, kind=kind)


def _pulse(event, name, people):
    score = event.data["score"]
    state = "broken" if score <= Pulse.BAD else ""
    return state, format_html(_("{name} says how it goes: {score} of 10"), name=name, score=score)


def _just(sentence, state=""):
    return lambda event, name, people: (state, format_html(_(sentence), name=name))


def _climbed(event, name, people):
    return "near", format_html(_("{name}: rung {rung} is told"), name=name, rung=event.data["rung"])


def _had(event, name, people):
    who = people.get(event.actor_id) or _("somebody")
    return "kept", format_html(_("{who} has it: {name}"), who=who, name=name)


def N_(text):
    """Marks a sentence for the catalogues that is translated when it is said."""
    return text


SAID = {
    "escalation.raised": _raised,
    "escalation.assigned": _assigned,
    "escalation.update_sent": _update,
    "escalation.update_late": _just(N_("Update to {name} is late"), "broken"),
    "escalation.stage_reached": _reached,
    "escalation.waived": _just(N_("{name}: no update is due for a while")),
    "escalation.waiver_ended": _just(N_("{name}: updates are due again")),
    "escalation.de_escalated": _just(N_("{name} was de-escalated")),
    "escalation.decided": _just(N_("{name}: something was decided")),
    "escalation.solution_offered": _offered,
    "escalation.solution_accepted": _just(N_("{name} accepts the solution"), "kept"),
    "escalation.solution_declined": _just(N_("{name} says: not yet"), "broken"),
    "escalation.pulse_said": _pulse,
    "climb.rung_reached": _climbed,
    "climb.acknowledged": _had,
    "climb.topped": _just(N_("{name}: the last rung is told, and nobody has it"), "broken"),
}


def just_happened(escalations, tickets):
    """The last of what happened to these and on their ladders, and who asked for more: three questions.

    `tickets`: {ticket id: escalation id}; a ticket's id is that of its case.
    """
    of = {one.pk: one for one in escalations}
    known = {one.case_id: one for one in escalations}
    known |= {ticket: of[escalation] for ticket, escalation in tickets.items() if escalation in of}
    events = Event.objects.filter(verb__in=SAID, case__in=list(known))
    events = list(events.order_by("-id")[: 2 * HAPPENED])
    people = _people(events)
    lines = []
    for event in events:
        escalation = known[event.case_id]
        account = escalation.account
        name = format_html("<b>{}</b>", account.name if account else str(escalation.customer))
        said = SAID[event.verb](event, name, people)
        if said:
            lines.append({"at": event.happened_at, "state": said[0], "words": said[1], "of": escalation})
    lines += _asked(escalations, tickets)
    return sorted(lines, key=lambda line: line["at"], reverse=True)[:HAPPENED]


def _asked(escalations, tickets):
    """Customers who asked for more; they ask on a ticket. `tickets`: {ticket id: escalation id}."""
    known = {one.pk: one for one in escalations}
    mine = [ticket for ticket, escalation in tickets.items() if escalation in known]
    asked = Asking.objects.filter(ticket__in=mine, outcome=Asking.Outcome.CLIMBED)
    for one in asked.order_by("-asked_at")[:HAPPENED]:
        of = known[tickets[one.ticket_id]]
        name = format_html("<b>{}</b>", of.account.name if of.account else str(of.customer))
        words = format_html(_("{name} asks for somebody higher"), name=name)
        yield {"at": one.asked_at, "state": "broken", "words": words, "of": of}


def _people(events):
    ids = {event.actor_id for event in events} | {event.data.get("new") for event in events}
    wanted = {one for one in ids if isinstance(one, int)}
    names = defaultdict(str, Person.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return {pk: format_html("<b>{}</b>", name) for pk, name in names.items()}
