"""What was promised on an escalation's tickets, as the page lists it and as the brief tells it."""

from django.utils.translation import gettext as _
from markupsafe import Markup

from ombud.spine.sla.models import State
from ombud.spine.sla.queries import Clocks, urgency
from ombud.spine.sla.shown import shown_on
from ombud.spine.sla.standing import standing
from ombud.spine.sla.words import called
from ombud.ui.times import span, when_words

MOST = 8


def promised_on(tickets):
    """Every promise on these tickets that was not cancelled, with its ticket; the most pressing first."""
    found = shown_on([ticket.pk for ticket in tickets])
    numbers = {ticket.pk: ticket.number for ticket in tickets}
    promises = [one for several in found.values() for one in several if one.state != State.CANCELLED]
    for promise in promises:
        promise.number = numbers[promise.ticket_id]
    return sorted(promises, key=lambda one: (not one.is_owed, urgency(one), -one.pk))


def lines(promises, now):
    """Those to show: a ring, what was promised, and how it stands."""
    shown = promises[:MOST]
    clocks = Clocks().of(shown)
    return [_line(promise, standing(promise, clocks(promise.calendar_id), now), now) for promise in shown]


def _line(promise, stands, now):
    return {
        "state": stands.state,
        "left": stands.left,
        "words": called(promise),
        "number": promise.number,
        "value": _value(promise, stands.state, now),
    }


def _value(promise, state, now):
    if state == State.KEPT:
        return _("kept")
    if state == State.BROKEN:
        return (
            _("%s late") % span((promise.met_at or now) - promise.due_at) if promise.due_at else _("broken")
        )
    if promise.due_at is None:
        return _("paused")
    return Markup('<om-time as="left"><time datetime="{}" title="{}">{}</time></om-time>').format(
        promise.due_at.isoformat(), when_words(promise.due_at, now), span(promise.due_at - now)
    )


def missed(promises, now):
    """What was promised and not kept, in sentences."""
    said = []
    for promise in promises:
        if promise.broken_at is None or promise.due_at is None:
            continue
        about = {
            "what": called(promise),
            "number": promise.number,
            "time": span((promise.met_at or now) - promise.due_at),
            "due": when_words(promise.due_at, now),
        }
        words = (
            _("%(what)s of #%(number)s, due %(due)s, came %(time)s late.")
            if promise.met_at
            else _("%(what)s of #%(number)s, due %(due)s, is still owed.")
        )
        said.append(words % about)
    return said
