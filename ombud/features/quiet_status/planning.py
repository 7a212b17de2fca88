"""When a question goes, and how: the whole of what P10 promises a technical owner. No database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .models import Way

LEAD = timedelta(minutes=30)  # in which the manager makes words for the customer of what they hear
FRESH = timedelta(hours=1)  # an answer as young as that is not asked for again
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Facts:
    """What decides. `due`: the customer's next update; `breaks_at`: the first promise on its tickets.

    `soon`: somebody waits for it; `again`: it reached them before; `spent`: today's interruptions.
    """

    due: datetime | None = None
    breaks_at: datetime | None = None
    soon: bool = False
    again: bool = False
    spent: int = 0

    @property
    def need(self):
        """By when the answer is needed."""
        return min((at for at in (self.due, self.breaks_at) if at), default=None)


@dataclass(frozen=True)
class Going:
    """When it goes; `against` names the wishes that a promise which would break overrules."""

    at: datetime
    way: Way
    against: tuple = ()


def going(facts, hours, budget, now):
    """When and how a question goes to somebody.

    At a time of theirs, if the answer comes early enough: the next one when somebody waits for it, else the
    last one before it is needed. Between their times only within the budget and outside focus hours; against
    these only when a promise to the customer would break.
    """
    next_time = hours.next_time(now)
    if facts.again or facts.need is None or facts.need > next_time:
        late = None if facts.soon or facts.need is None else facts.need - LEAD
        return Going(hours.last_time_before(late, now) if late else next_time, Way.TIME)
    return _between(facts, hours, budget, next_time, now)


def _between(facts, hours, budget, next_time, now):
    quiet, spent = hours.quiet(now), facts.spent >= budget
    if not quiet and not spent:
        return Going(now, Way.INTERRUPTION)
    breaks = facts.breaks_at if facts.breaks_at and now < facts.breaks_at <= next_time else None
    ends = hours.quiet_ends(now) if quiet else None
    if ends and ends < next_time and (breaks is None or ends + LEAD <= breaks):
        return Going(ends, Way.INTERRUPTION)  # looked at once more then
    if breaks:
        return Going(now, Way.INTERRUPTION, tuple(filter(None, (quiet, "budget" if spent else ""))))
    return Going(next_time, Way.TIME)


def fresh(answered_at, facts, last_update_at, now):
    """Whether the last answer still does: then nobody is asked by the desk itself."""
    if answered_at is None:
        return False
    if facts.soon:
        return now - answered_at < FRESH
    unused = answered_at >= last_update_at
    return facts.need - answered_at < (A_DAY if unused else FRESH)
