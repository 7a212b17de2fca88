"""What changed in somebody's escalations, in sentences of their language."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from ombud.foundation.events.models import Event
from ombud.foundation.people.models import Person
from ombud.spine.escalations.models import Escalation, Pulse, Solution, Stage
from ombud.spine.escalations.queries import visible_to

MOST = 30  # escalations in one mail; the others stand on the desk
LINES = 6  # of what changed in one


@dataclass(frozen=True)
class Changed:
    """One escalation with what happened to it, the newest first."""

    escalation: Escalation
    lines: list


def changed(person, since, until):
    """Their escalations in which others did something, what is due first first. Three questions."""
    mine = Q(manager=person) | Q(stakeholders__person=person)
    found = visible_to(person).filter(mine).filter(Q(closed_at=None) | Q(closed_at__gt=since)).distinct()
    found = found.select_related("account", "customer", "manager").order_by("next_update_at", "id")
    cases = {one.case_id: one for one in found}
    happened = Event.objects.filter(
        case__in=cases, verb__in=SAID, happened_at__gt=since, happened_at__lte=until
    ).exclude(actor=person)
    events = list(happened.order_by("-id"))
    names = _names(events)
    lines = {}
    for event in events:
        words = SAID[event.verb](event.data, names)
        if words:
            lines.setdefault(event.case_id, []).append((event.happened_at, words))
    return [Changed(one, lines[case][:LINES]) for case, one in cases.items() if case in lines]


def _names(events):
    wanted = {event.data.get(key) for event in events for key in ("new", "person")}
    found = Person.objects.filter(pk__in=[one for one in wanted if isinstance(one, int)])
    return dict(found.values_list("pk", "name"))


def _sent(data, names):
    if data["kept"]:
        return _("Update %(number)s went out in time") % {"number": data["update"]}
    return _("Update %(number)s went out, late") % {"number": data["update"]}


def _assigned(data, names):
    return _("%(name)s leads it") % {"name": names.get(data["new"], _("somebody"))}


def _reached(data, names):
    return _("It came further: %(stage)s") % {"stage": Stage(data["new"]).label}


def _pulse(data, names):
    score = data["score"]
    words = _("The customer says how it goes: %(score)s of 10") % {"score": score}
    return f"{words} ({_('badly')})" if score <= Pulse.BAD else words


def _offered(data, names):
    return _("Offered to the customer: %(kind)s") % {"kind": Solution.Kind(data["kind"]).label}


def _part(data, names):
    return _("%(name)s has a part in it") % {"name": names.get(data["person"], _("somebody"))}


def _just(sentence):
    return lambda data, names: _(sentence)


def N_(text):
    """Marks a sentence for the catalogues that is translated when it is said."""
    return text


SAID = {
    "escalation.raised": _just(N_("It was raised")),
    "escalation.assigned": _assigned,
    "escalation.stage_reached": _reached,
    "escalation.update_sent": _sent,
    "escalation.update_late": _just(N_("An update did not come in time")),
    "escalation.decided": _just(N_("Something was decided")),
    "escalation.stakeholder_told": _part,
    "escalation.solution_offered": _offered,
    "escalation.solution_accepted": _just(N_("The customer accepts the solution")),
    "escalation.solution_declined": _just(N_("The customer says: not yet")),
    "escalation.pulse_said": _pulse,
    "escalation.de_escalated": _just(N_("It is no escalation any more")),
    "escalation.closed": _just(N_("It is over")),
}
