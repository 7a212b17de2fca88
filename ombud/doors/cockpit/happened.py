"""What happened to an escalation, as quiet lines of its timeline."""

from datetime import datetime

from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ombud.foundation.events.models import Case, Event
from ombud.foundation.people.models import Customer, Person
from ombud.spine.escalations.models import Asking, How, Reason, Solution, Stage, Stakeholder
from ombud.spine.tickets.models import Level, Ticket
from ombud.ui.panels import timeline_lines
from ombud.ui.times import when_words
from ombud.ui.values import listed


def N_(text):
    """Marks a sentence for the catalogues that is translated when it is said."""
    return text


class Named:
    """What the ids in some events are called, each kind asked for once."""

    KEYS = {
        "person": Person,
        "people": Person,
        "old": Person,
        "new": Person,
        "customer": Customer,
        "ticket": Ticket,
    }

    def __init__(self, events, now):
        self.now, wanted = now, {Person: {event.actor_id for event in events}, Customer: set(), Ticket: set()}
        for event in events:
            for key, model in self.KEYS.items():
                value = event.data.get(key)
                wanted[model].update(one for one in _each(value) if isinstance(one, int))
        self.people = dict(Person.objects.filter(pk__in=wanted[Person] - {None}).values_list("pk", "name"))
        self.customers = {one.pk: str(one) for one in Customer.objects.filter(pk__in=wanted[Customer])}
        self.numbers = dict(Ticket.objects.filter(pk__in=wanted[Ticket]).values_list("pk", "number"))

    def person(self, pk):
        """A name of ours."""
        return self.people.get(pk) or _("somebody")


def _each(value):
    return value if isinstance(value, list) else [value]


def _strong(sentence, **values):
    return format_html(
        _(sentence), **{key: format_html("<strong>{}</strong>", one) for key, one in values.items()}
    )


def _raised(data, names, actor):
    how = "" if data["how"] == How.AGENT else f" · {How(data['how']).label}"
    return _strong(N_("Raised: {reason}"), reason=f"{Reason(data['reason']).label}{how}")


def _assigned(data, names, actor):
    sentence = {
        "taken": N_("{name} took it over"),
        "handed": N_("Handed over to {name}"),
    }.get(data["how"], N_("{name} leads it"))
    return _strong(sentence, name=names.person(data["new"]))


def _levels(data, names, actor):
    return _strong(
        N_("Severity {severity}, urgency {urgency}"),
        severity=Level(data["severity"]).label,
        urgency=Level(data["urgency"]).label,
    )


def _time(sentence, key):
    return lambda data, names, actor: _strong(
        sentence, time=when_words(datetime.fromisoformat(data[key]), names.now)
    )


def _set(data, names, actor):
    if data["why"] != "set":  # after an update and with a new severity it follows by itself
        return ""
    return _time(N_("The next update is due {time}"), "due")(data, names, actor)


def _ticket(sentence):
    return lambda data, names, actor: _strong(sentence, number=f"#{names.numbers.get(data['ticket'], '')}")


def _stakeholder(data, names, actor):
    role = Stakeholder.Role(data["role"]).label if data["role"] in Stakeholder.Role.values else data["role"]
    return _strong(N_("{name} is told: {role}"), name=names.person(data["person"]), role=role)


def _named(sentence):
    return lambda data, names, actor: _strong(sentence, name=names.person(data["person"]))


def _theirs(sentence):
    return lambda data, names, actor: _strong(
        sentence, name=names.customers.get(data["customer"]) or _("somebody")
    )


def _climbed(data, names, actor):
    people = listed([names.person(one) for one in data["people"]])
    return _strong(N_("Climbed to rung {rung}: {people} told"), rung=data["rung"], people=people)


def _given(data, names, actor):
    if data["customer"] is None:
        return _("Everybody in the thread has a link to their page")
    return _theirs(N_("{name} has a link to their page"))(data, names, actor)


def _revoked(data, names, actor):
    if data["customer"] is None:
        return _("The link in the thread leads nowhere any more")
    return _theirs(N_("The link of {name} leads nowhere any more"))(data, names, actor)


def _offered(data, names, actor):
    return _strong(N_("Signed off and offered: {kind}"), kind=Solution.Kind(data["kind"]).label)


def _asking_settled(data, names, actor):
    return {
        Asking.Outcome.CLIMBED: _("They asked for more: somebody higher was told"),
        Asking.Outcome.DISMISSED: _("They asked for an escalation; it was none"),
    }.get(data["outcome"], "")


def _fix_settled(data, names, actor):
    return _("The fix that was owed came") if data["how"] == "shipped" else _("The fix is not owed any more")


def _just(sentence):
    return lambda data, names, actor: _(sentence)


SAID = {
    "escalation.raised": _raised,
    "escalation.joined": _ticket(N_("{number} belongs to it")),
    "escalation.parted": _ticket(N_("{number} does not belong to it any more")),
    "escalation.assigned": _assigned,
    "escalation.levels_set": _levels,
    "escalation.brief_set": _just(N_("What is known was written anew")),
    "escalation.stage_reached": lambda data, names, actor: _strong(
        N_("Stage reached: {stage}"), stage=Stage(data["new"]).label
    ),
    "escalation.de_escalated": _just(N_("It is no escalation any more")),
    "escalation.closed": _just(N_("It is over")),
    "escalation.update_taken_back": _just(N_("An update was taken back before it left")),
    "escalation.update_set": _set,
    "escalation.update_late": _time(N_("The update due {time} did not come"), "due"),
    "escalation.waived": _time(N_("No update is due until {time}"), "until"),
    "escalation.waiver_ended": _just(N_("Updates are due again")),
    "escalation.stakeholder_told": _stakeholder,
    "escalation.confirmed": _named(N_("{name} has it")),
    "escalation.stakeholder_removed": _named(N_("{name} has no part in it any more")),
    "escalation.contact_added": _theirs(N_("{name} has a part in it")),
    "escalation.contact_removed": _theirs(N_("{name} has no part in it any more")),
    "escalation.pass_given": _given,
    "escalation.pass_revoked": _revoked,
    "escalation.asking_settled": _asking_settled,
    "escalation.solution_offered": _offered,
    "escalation.offer_taken_back": _just(N_("The offer was taken back before it left")),
    "escalation.solution_withdrawn": _just(N_("The solution was withdrawn")),
    "escalation.customer_reminded": _just(N_("They were asked again whether it is solved")),
    "escalation.fix_settled": _fix_settled,
    "climb.rung_reached": _climbed,
    "climb.acknowledged": _named(N_("{name} has it")),
}

LATE = ("escalation.update_late",)
COMING_AND_GOING = ("escalation.joined", "escalation.parted")  # in the log of the ticket


def _said(event, names):
    """Its words; those of another room know its data only."""
    if event.verb in SAID:
        return SAID[event.verb](event.data, names, event.actor_id)
    _icon, say = timeline_lines()[event.verb]
    return say(event.data)


def lines(escalation, cases, now):
    """(event, words, who did it) for what happened to it and on these cases of the log, the oldest first."""
    went = Case.objects.filter(ticket__involved__escalation=escalation)
    asked = Q(case__in=cases, verb__in=[*SAID, *timeline_lines()]) | Q(
        case__in=went, verb__in=COMING_AND_GOING
    )
    events = [
        event
        for event in Event.objects.filter(asked).order_by("id")
        if event.verb not in COMING_AND_GOING or event.data["escalation"] == escalation.pk
    ]
    names, found = Named(events, now), []
    for event in events:
        words = _said(event, names)
        if words:
            found.append((event, words, names.person(event.actor_id) if event.actor_id else ""))
    return found
