"""What was promised on a ticket, as its page shows it: clocks in the head, all in the panel beside."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from ombud.foundation.people.permissions import ANSWER, may
from ombud.spine.sla import standing, words
from ombud.spine.sla.models import Kind, State
from ombud.spine.sla.models.promises import REPLIES
from ombud.spine.sla.queries import Clocks, urgency
from ombud.spine.sla.shown import open_offers, priority_of, shown_on
from ombud.ui.times import ago_words, span, when_words

IN_HEAD = 4  # clocks that stand in the head; the panel has all


@dataclass(frozen=True)
class Shown:
    """One promise: its ring, what it is called and how it stands; `settles`: done or withdrawn by hand.

    `short` says it where there is little room, or where another has said why already.
    """

    pk: int
    state: str
    left: float
    called: str
    said: str
    short: str
    source: str
    settles: bool


def of(ticket, person, there, now):
    """The context of a ticket's page: no question where nothing is promised, two otherwise."""
    promises = shown_on([ticket.pk])[ticket.pk] if there["promises"] else []
    clocks = Clocks().of(promises)
    shown = {p.pk: _shown(p, clocks(p.calendar_id), ticket, now) for p in promises}
    owed = sorted((p for p in promises if p.is_owed), key=urgency)
    over = [p for p in promises if not p.is_owed and p.state != State.CANCELLED]
    return {
        "clocks_in_head": [shown[p.pk] for p in _in_head(owed, over)],
        "promises_owed": [shown[p.pk] for p in owed],
        "promises_over": [shown[p.pk] for p in reversed(over)],
        "owes_reply": any(p.kind in REPLIES for p in owed),
        "offers": open_offers(ticket.pk, person, now) if there["offers"] and may(person, ANSWER) else [],
    }


def _in_head(owed, over):
    """How the last reply went, and what is owed, the most urgent first."""
    replies = [p for p in over if p.kind in REPLIES][-1:]
    return [*(replies if len(owed) < IN_HEAD else ()), *owed[:IN_HEAD]]


def _shown(promise, clock, ticket, now):
    stands = standing.standing(promise, clock, now)
    how = said(promise, clock, now)
    policy = promise.version.policy.name if promise.version else ""
    return Shown(
        promise.pk,
        stands.state,
        stands.left,
        words.called(promise),
        how,
        _("paused") if stands.state == State.PAUSED else how,
        words.source_words(policy, priority_of(promise, ticket.priority)),
        settles=promise.is_owed and promise.kind == Kind.WORD,
    )


def said(promise, clock, now):
    """How it stands, in words: “in 24 min”, “kept in 11 min”, “paused: waiting for customer” …"""
    if promise.state == State.CANCELLED:
        return words.ended_words(promise)
    if promise.met_at and promise.broken_at:
        return _("{time} late").format(time=span(promise.met_at - promise.due_at))
    if promise.met_at:
        return _("kept in {time}").format(time=span(standing.ran(promise, clock, promise.met_at)))
    if promise.due_at is None:
        return words.paused_words(promise)
    return ticking(promise, now)


def local_input(at):
    """A time as a field of the browser wants it, in the reader's zone."""
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


def ticking(promise, now):
    """A due time whose words go on ticking in the browser, over the due time, too."""
    soon, late = _("in {time}"), _("broken {time}")
    due = promise.due_at
    ahead = due > now
    words_now = soon.format(time=span(due - now)) if ahead else late.format(time=ago_words(due, now))
    return Markup(
        f'<om-due data-soon="{escape(soon)}" data-late="{escape(late)}"><time datetime="{due.isoformat()}"'
        f' title="{escape(when_words(due, now))}">{escape(words_now)}</time></om-due>'
    )
