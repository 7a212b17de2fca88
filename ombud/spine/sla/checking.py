"""Whether the stored promises say what the log says: for whoever doubts a clock."""

from dataclasses import dataclass
from datetime import UTC, datetime

from ombud.foundation.clock import events as clock
from ombud.foundation.events.models import Event

from .actions.keeping import CHANGES, terms_of
from .book import Book
from .models import Agreement, Promise
from .queries import Clocks
from .recount import recount

COMPARED = [name for name in CHANGES if name not in ("version", "calendar")]  # who is who may differ


@dataclass(frozen=True)
class Difference:
    """A column of a ticket's promise that is stored otherwise than its log tells it.

    `promise` is None for one that is not stored, `told` is None for one of which the log knows nothing.
    """

    kind: str
    promise: int | None
    column: str
    stored: str | None
    told: str | None


def differences(ticket_id, now):
    """What is stored otherwise than the log tells it; looked at twice, since people work meanwhile."""
    return _differences(ticket_id, now) and _differences(ticket_id, now)


def is_recalled(ticket_id):
    """Whether a calendar of this ticket's promises changed since: the log keeps no former calendars."""
    promises = list(Promise.objects.filter(ticket=ticket_id))
    first = min((promise.started_at for promise in promises), default=None)
    calendars = {promise.calendar_id for promise in promises} - {None}
    changed = Event.objects.filter(verb=clock.CALENDAR_CHANGED.name, happened_at__gt=first)
    return any(event.data["calendar"] in calendars for event in changed)


def _differences(ticket_id, now):
    stored, told = _stored(ticket_id, now), _told(ticket_id, now)
    found = []
    for at in range(max(len(stored), len(told))):
        one = stored[at] if at < len(stored) else None
        other = told[at] if at < len(told) else None
        found += _compared(one, other)
    return found


def _stored(ticket_id, now):
    """The stored promises, with what is due by now done: the work process may be about to do it."""
    agreement = Agreement.objects.select_related("version").filter(pk=ticket_id).first()
    if agreement is None:
        return []
    promises = Promise.objects.filter(ticket=ticket_id).order_by("id")
    book = Book(agreement, promises, terms_of(agreement.version), Clocks())
    book.catch_up(now)
    return book.promises


def _told(ticket_id, now):
    book = recount(ticket_id, now)
    return book.promises if book else []


def _compared(one, other):
    if one is None or other is None:
        there = one or other
        pk = one and one.pk
        return [Difference(str(there.kind), pk, "state", one and one.state, other and other.state)]
    pairs = [(name, _plain(getattr(one, name)), _plain(getattr(other, name))) for name in ("kind", *COMPARED)]
    return [
        Difference(str(one.kind), one.pk, name, stored, told)
        for name, stored, told in pairs
        if stored != told
    ]


def _plain(value):
    """A column's value as text; the same moment is the same in every zone."""
    if isinstance(value, list):
        return "; ".join(", ".join(_plain(part) for part in row) for row in value)
    try:
        return str(datetime.fromisoformat(str(value)).astimezone(UTC))
    except ValueError:
        return str(value)
