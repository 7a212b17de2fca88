"""The clock of each ticket in a list: the promise that is due first."""

from typing import NamedTuple

from django.utils import timezone
from markupsafe import Markup, escape

from ombud.spine.sla import words
from ombud.spine.sla.queries import Clocks
from ombud.spine.sla.shown import most_urgent_on
from ombud.spine.sla.standing import standing
from ombud.ui.times import ago_words, span, when_words


class Clock(NamedTuple):
    """How a row shows it: its ring, its words, and what changes when it looks different."""

    state: str
    left: float
    time: str
    revision: str


def of(rows, now):
    """{ticket id: Clock} of the rows on which something is owed: two questions for the page."""
    owed = most_urgent_on(row.pk for row in rows)
    clocks = Clocks().of(owed.values())
    return {pk: _clock(promise, clocks(promise.calendar_id), now) for pk, promise in owed.items()}


def _clock(promise, working_time, now):
    stands = standing(promise, working_time, now)
    time = ticking(promise.due_at, now, words.called(promise)) if promise.due_at else ""
    # How much is left is not news: a row is not drawn anew for it.
    return Clock(stands.state, stands.left, time, f"{stands.state}{promise.due_at or ''}")


def ticking(due_at, now, called):
    """Words of a due time that tick in the browser: “24 min”, and once it is past, “12 min ago”."""
    at, title = timezone.localtime(due_at).isoformat(), escape(f"{called} · {when_words(due_at, now)}")
    said = escape(span(due_at - now) if due_at > now else ago_words(due_at, now))
    return Markup(f'<om-due><time datetime="{at}" title="{title}">{said}</time></om-due>')
