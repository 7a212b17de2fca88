"""Taking a change back: what was, kept with the session for a minute, and put back by the usual verbs."""

import secrets
import time
from datetime import datetime

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ombud.foundation.people.models import Person, Team
from ombud.spine.tickets import actions, queries

KEY = "undo"
KEPT = 3  # changes that can be taken back at the same time
SECONDS = 60  # longer than the notice stands, so that a slow click still counts


def remember(request, tickets, what):
    """Keep what this (assignee, team, status, tags, sleep …) was; answers with the address that undoes it."""
    was = [[ticket.pk, _WAS[what](ticket)] for ticket in tickets]
    name = secrets.token_urlsafe(9)
    kept = {**request.session.get(KEY, {}), name: {"what": what, "was": was, "at": time.time()}}
    request.session[KEY] = dict(list(kept.items())[-KEPT:])
    return reverse("workspace:undo", args=[name])


def take_back(request, name, *, now):
    """Put back what was; says how many tickets were changed back."""
    kept = request.session.get(KEY, {})
    change = kept.pop(name, None)
    if change is None or time.time() - change["at"] > SECONDS:
        raise ValidationError(_("This can no longer be undone. Nothing was changed."))
    request.session[KEY] = kept
    tickets = queries.visible_to(request.user).in_bulk([pk for pk, _was in change["was"]])
    put = _PUT[change["what"]]
    for pk, was in change["was"]:
        if pk in tickets:
            put(tickets[pk], was, by=request.user, now=now)
    return len(tickets)


_WAS = {
    "assignee": lambda ticket: ticket.assignee_id,
    "team": lambda ticket: ticket.team_id,
    "status": lambda ticket: ticket.status,
    "tags": lambda ticket: list(ticket.tags.values_list("name", flat=True)),
    "sleep": lambda ticket: ticket.wakes_at and ticket.wakes_at.isoformat(),
    "severity": lambda ticket: ticket.severity,
    "urgency": lambda ticket: ticket.urgency,
    "subject": lambda ticket: ticket.subject,
}


def _assign(ticket, was, *, by, now):
    actions.assign(ticket, Person.objects.filter(pk=was).first(), by=by, now=now)


def _team(ticket, was, *, by, now):
    actions.set_team(ticket, Team.objects.filter(pk=was).first(), by=by, now=now)


def _sleep(ticket, was, *, by, now):
    until = was and datetime.fromisoformat(was)
    if until and until > now:
        actions.snooze(ticket, until, by=by, now=now)
    elif ticket.wakes_at:
        actions.wake(ticket, by=by, now=now)


_PUT = {
    "assignee": _assign,
    "team": _team,
    "status": actions.set_status,
    "tags": actions.set_tags,
    "sleep": _sleep,
    "severity": actions.set_severity,
    "urgency": actions.set_urgency,
    "subject": actions.rename,
}
