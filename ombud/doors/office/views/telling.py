"""An event as a line that can be read."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ombud.doors.office.context import ticket_url
from ombud.foundation.events.log import CATALOGUE

HIDDEN = {
    "ticket",
    "message",
    "customer",
    "account",
    "person",
    "letter",
    "mailbox",
    "token",
    "incoming",
    "team",
    "tag",
}


def told(event):
    """Who, what, about whom, and the codes that the event carries."""
    verb = CATALOGUE.get(event.verb)
    return {
        "at": event.happened_at,
        "who": event.actor.name if event.actor_id else "",
        "what": _(verb.meaning) if verb else event.verb,
        "verb": event.verb,
        "about": _about(event.case) if event.case_id else None,
        "more": ", ".join(
            f"{key}: {_shown(value)}" for key, value in event.data.items() if key not in HIDDEN and value
        ),
    }


def _shown(value):
    return " ".join(map(str, value)) if isinstance(value, list) else value


def _about(case):
    """The name and the address of what the event is about."""
    if case.kind == "ticket" and hasattr(case, "ticket"):
        return f"#{case.ticket.number}", ticket_url(case.ticket.number)
    for kind in ("customer", "account", "person"):
        if case.kind == kind and hasattr(case, kind):
            thing = getattr(case, kind)
            return str(thing), reverse(f"office:{kind}", args=[thing.pk])
    return None
