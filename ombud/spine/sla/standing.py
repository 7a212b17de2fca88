"""Where a promise stands, as the ring draws it. No database."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .models import State
from .reckoning import passed, stretches

# Within the hour somebody has to begin; the same hour for each promise, so that a list in the order of due
# times falls into broken, near and running without a second look.
NEAR = timedelta(hours=1)


@dataclass(frozen=True)
class Standing:
    """`state`: running, near, paused, broken, kept or cancelled. `left`: how much of its time, 1 to 0."""

    state: str
    left: float


def standing(promise, clock, now):
    """How a promise stands at `now`, also if the worker did not come by since it broke."""
    state = state_at(promise, now)
    if state in (State.BROKEN, State.CANCELLED):
        return Standing(state, 0)
    if state == State.KEPT:
        return Standing(state, 1)
    return Standing(state, round(remaining(promise, clock, now) / max(promise.seconds, 1), 2))


def state_at(promise, now):
    """Its state, with near for what is due within the hour."""
    if promise.state != State.RUNNING or promise.due_at is None:
        return str(promise.state)
    if promise.due_at <= now and promise.answered_at is None:
        return str(State.BROKEN)
    return "near" if promise.due_at - now <= NEAR else str(State.RUNNING)


def remaining(promise, clock, now):
    """Seconds of its working time that it still has; 0 when there are none."""
    if promise.left is not None:
        return promise.left
    return max(promise.seconds - ran(promise, clock, now), 0)


def ran(promise, clock, until):
    """Seconds that its clock has run until a time: working time, without pauses."""
    seconds = 0
    for start, end in stretches(promise):
        end = min(end or until, until)
        if start >= end:
            break
        seconds += passed(clock, start, end)
    return seconds


def paused_for(promise):
    """Why its clock stands still: a status; nothing when it runs."""
    return promise.pauses[-1][2] if promise.pauses and promise.pauses[-1][1] is None else ""


def took(promise):
    """Seconds of every clock on every wall from its beginning until it was fulfilled; None while owed."""
    return promise.met_at and (promise.met_at - promise.started_at).total_seconds()


def paused_since(promise):
    """Since when its clock stands still, or None."""
    return datetime.fromisoformat(promise.pauses[-1][0]).astimezone(UTC) if paused_for(promise) else None
