"""When a promise is due: its seconds, its calendar, its pauses. No database.

A due time is always worked out anew from the start, so that a pause, another priority or a corrected calendar
can be told from the beginning, and adding up never drifts.
"""

import logging
from datetime import datetime, timedelta

from ombud.lib.working_time import NoWorkingTime, add_working_time, working_time_between

from .models import State

logger = logging.getLogger(__name__)
# A reply pressed in time is not late because it can still be taken back, or because a mail server is slow.
GRACE = timedelta(seconds=60)


def stretches(promise):
    """When the clock ran: pairs of times, in order; the last may end with None (it runs)."""
    at = promise.started_at
    for start, end, _why in promise.pauses:
        begins = datetime.fromisoformat(start)
        if begins > at:
            yield at, begins
        if end is None:
            return
        at = max(at, datetime.fromisoformat(end))
    yield at, None


def passed(clock, start, end):
    """Seconds of a calendar between two times; of the wall clock without a calendar."""
    return (working_time_between(clock, start, end) if clock else end - start).total_seconds()


def later(clock, start, seconds):
    """The time when so many seconds have passed."""
    return add_working_time(clock, start, seconds) if clock else start + timedelta(seconds=seconds)


def moment(promise, clock, seconds):
    """When so many of a promise's seconds have passed: a time and 0; when paused, None and what is left."""
    left = seconds
    for start, end in stretches(promise):
        if end is None:
            return later(clock, start, left), 0
        ran = passed(clock, start, end)
        if left <= ran:
            return later(clock, start, left), 0
        left -= ran
    return None, left


def reckon(promise, clock, terms, now):
    """Set all that follows from a promise's start, seconds and pauses. Alarms already past are not given."""
    try:
        due, left = moment(promise, clock, promise.seconds)
        marks = [(moment(promise, clock, promise.seconds * p / 100)[0], p) for p in terms.percents]
    except NoWorkingTime:
        logger.exception("%r cannot be reckoned: its calendar has no working time left", promise)
        due, left, marks = None, promise.seconds, []
    promise.due_at, promise.left = due, None if due else round(left)
    promise.near_at = next((at for at, _percent in marks), None)
    promise.alarms = [[at.isoformat(), percent] for at, percent in marks if at and now < at < (due or at)]
    set_fuse(promise, terms)


def set_fuse(promise, terms=None):
    """When something is next to be done by itself."""
    promise.fires_at = None
    if promise.state == State.RUNNING and promise.due_at:
        alarms = [datetime.fromisoformat(promise.alarms[0][0])] if promise.alarms else []
        promise.fires_at = min([*alarms, breaks_at(promise)])
    elif promise.state == State.PAUSED and terms and terms.pause_limit:
        since = datetime.fromisoformat(promise.pauses[-1][0])
        promise.fires_at = since + timedelta(seconds=terms.pause_limit)


def breaks_at(promise):
    """When it is broken: at its due time, or a little later while a reply pressed in time is on its way."""
    if promise.answered_at and promise.answered_at <= promise.due_at:
        return max(promise.due_at, promise.answered_at + GRACE)
    return promise.due_at
