"""Requests, answers and interruptions in the reader's language."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ombud.spine.sla.words import called
from ombud.ui.times import when_words
from ombud.ui.values import listed

from .models import Kind
from .queries import HANGS_ON_A_FIX, last_answers_of, promises_on

NEAR = timedelta(hours=1)
ICONS = {
    Kind.NO_CHANGE: "minus",
    Kind.PROGRESS: "arrow-up",
    Kind.BLOCKED: "octagon-alert",
    Kind.NEW_ETA: "calendar-clock",
}


@dataclass(frozen=True)
class Clock:
    """Something that falls due; `state`: running, near, broken, or paused."""

    words: str
    at: datetime | None
    state: str


@dataclass(frozen=True)
class Brief:
    """What a technical owner needs to know to answer (M35), and nothing that a customer wrote."""

    escalation: object
    request: object
    whose: str
    clocks: list
    last: object


def briefs(pairs, person, now):
    """One for each pair of an escalation and a request (or None)."""
    pairs = list(pairs)
    escalations = [escalation for escalation, _request in pairs]
    promises, last = promises_on(escalations), last_answers_of(person, escalations)
    return [
        Brief(
            escalation,
            request,
            escalation.account.name if escalation.account else str(escalation.customer),
            clocks(escalation, promises[escalation.pk], now),
            last.get(escalation.pk),
        )
        for escalation, request in pairs
    ]


def clocks(escalation, promises, now):
    """By when the customer hears from us, and what is owed to them that hangs on the fix."""
    found = []
    if escalation.next_update_at:
        found.append(_clock(_("Next update"), escalation.next_update_at, now))
    elif escalation.waived_until:
        found.append(Clock(_("No update due until"), escalation.waived_until, "paused"))
    promise = next((one for one in promises if one.kind in HANGS_ON_A_FIX), None)
    if promise:
        found.append(_clock(called(promise), promise.due_at, now))
    return found


def _clock(words, at, now):
    if at is None:
        return Clock(words, None, "paused")
    return Clock(words, at, "broken" if at <= now else "near" if at - now <= NEAR else "running")


def question(count):
    """What is asked, in one line."""
    if count == 1:
        return _("How does it stand?")
    words = ngettext("How does %(count)s escalation stand?", "How do %(count)s escalations stand?", count)
    return words % {"count": count}


def why_between(bundle, now):
    """Why somebody was interrupted, in a sentence; nothing for what came at a time of theirs."""
    if bundle.way != "interruption":
        return ""
    if not bundle.against:
        return _("Now, because the answer is needed before your next time.")
    return why_overruled(bundle, now)


AGAINST = {
    "budget": lambda: _("the day’s budget"),
    "focus": lambda: _("focus hours"),
    "hours": lambda: _("working hours"),
}


def why_overruled(bundle, now):
    """What it went against, and for the sake of which promise."""
    against = listed([AGAINST[one]() for one in bundle.against])
    promise = bundle.promise
    if promise is None:
        return _("A promise would have broken. It went against %(against)s.") % {"against": against}
    said = {
        "promise": called(promise),
        "number": promise.ticket.number,
        "time": when_words(promise.due_at, now) if promise.due_at else "—",
        "against": against,
    }
    return _("%(promise)s of #%(number)s would break at %(time)s. It went against %(against)s.") % said


def timeline():
    """What the timeline of an escalation says of status requests."""
    return {
        "status.reached": ("circle-help", lambda data: _("A technical owner was asked how it stands")),
        "status.overruled": ("alarm-clock", lambda data: _overruled(data)),
        "status.answered": (
            "message-circle",
            lambda data: _("Status: %(kind)s") % {"kind": Kind(data["kind"]).label},
        ),
    }


def _overruled(data):
    against = listed([AGAINST[one]() for one in data["against"]])
    return _("A technical owner was interrupted against %(against)s: a promise would have broken") % {
        "against": against
    }
