"""Events as lines that can be read."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ombud.doors.office.context import escalation_url, ticket_url
from ombud.foundation.clock.models import Calendar
from ombud.foundation.events.log import CATALOGUE
from ombud.foundation.people.models import Person, Role, Team
from ombud.foundation.post.models import Mailbox
from ombud.spine.escalations.models import Contact, Reason, Stage, Stakeholder
from ombud.spine.tickets.models import Level, Status, Tag, Ticket
from ombud.ui.values import comma

SEEN_ELSEWHERE = {
    "ticket",
    "message",
    "customer",
    "account",
    "person",
    "letter",
    "token",
    "incoming",
    "version",
    "escalation",
    "update",
    "decision",
    "tickets",
}
# What the ids in an event's fields are the ids of; for the others it says itself.
PEOPLE = {
    "ticket.assigned": ("old", "new"),
    "ticket.noted": ("mentions",),
    "escalation.assigned": ("old", "new"),
}
TEAMS = {"ticket.team_set": ("old", "new")}
CALENDARS = {"calendar.default_set": ("old",)}
TICKETS = {"ticket.merged": ("other",), "ticket.merged_away": ("into",), "ticket.linked": ("other",)}
TICKETS |= {"ticket.unlinked": ("other",), "ticket.split_off": ("new",)}
NAMED = {
    "tag": (Tag, "name"),
    "team": (Team, "name"),
    "mailbox": (Mailbox, "address"),
    "calendar": (Calendar, "name"),
}
LABELS = {
    "ticket.status_set": Status,
    "ticket.reopened": Status,
    "ticket.severity_set": Level,
    "ticket.urgency_set": Level,
    "person.role_granted": Role,
    "escalation.raised": Reason,
    "escalation.levels_set": Level,
    "escalation.stage_reached": Stage,
    "escalation.de_escalated": Stage,
    "escalation.stakeholder_told": Stakeholder.Role,
    "escalation.contact_added": Contact.Role,
}


def told(events):
    """For each event: when, who, what, about whom, and what it carries, with names instead of ids."""
    names = _Names(events)
    return [_line(event, names) for event in events]


def _line(event, names):
    verb = CATALOGUE.get(event.verb)
    return {
        "at": event.happened_at,
        "who": event.actor.name if event.actor_id else "",
        "machine": _("API token “%(name)s”") % {"name": event.token.name} if event.token_id else "",
        "what": _(verb.meaning) if verb else event.verb,
        "verb": event.verb,
        "about": _about(event.case) if event.case_id else None,
        "more": _more(event, names),
    }


def _more(event, names):
    said = {key: names.of(event, key) for key in event.data if key not in SEEN_ELSEWHERE}
    if "old" in said and "new" in said:
        change = f"{said.pop('old') or _('nobody')} → {said.pop('new') or _('nobody')}"
        return " · ".join([change, *filter(None, said.values())])
    return " · ".join(filter(None, said.values()))


def _about(case):
    """The name and the address of what the event is about."""
    if case.kind == "ticket" and hasattr(case, "ticket"):
        return f"#{case.ticket.number}", ticket_url(case.ticket.number)
    if case.kind == "escalation" and hasattr(case, "escalation"):
        return str(case.escalation), escalation_url(case.escalation.number)
    for kind in ("customer", "account", "person"):
        if case.kind == kind and hasattr(case, kind):
            thing = getattr(case, kind)
            return str(thing), reverse(f"office:{kind}", args=[thing.pk])
    return None


class _Names:
    """The names behind the ids in some events, each kind asked for once."""

    def __init__(self, events):
        self.kinds = (
            (PEOPLE, _named(Person, "name", _ids(events, PEOPLE))),
            (CALENDARS, _named(Calendar, "name", _ids(events, CALENDARS))),
            (TEAMS, _named(Team, "name", _ids(events, TEAMS))),
            (TICKETS, {pk: f"#{n}" for pk, n in _named(Ticket, "number", _ids(events, TICKETS)).items()}),
        )
        self.fields = {
            field: _named(model, name, {event.data[field] for event in events if field in event.data})
            for field, (model, name) in NAMED.items()
        }

    def of(self, event, key):
        value = event.data[key]
        for kind, names in self.kinds:
            if key in kind.get(event.verb, ()):
                return comma().join(str(names.get(one, one)) for one in _each(value))
        if key in self.fields:
            return self.fields[key].get(value, "")
        if event.verb in LABELS and value in LABELS[event.verb].values:
            return str(LABELS[event.verb](value).label)
        if isinstance(value, bool):
            return ""
        return comma().join(map(str, _each(value)))


def _each(value):
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _ids(events, kind):
    return {pk for event in events for key in kind.get(event.verb, ()) for pk in _each(event.data.get(key))}


def _named(model, field, ids):
    return dict(model.objects.filter(pk__in=ids).values_list("pk", field)) if ids else {}
