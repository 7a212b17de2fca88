"""A promise told line by line: each stretch of its time, whether it counted, and why. No database.

The lines are the calculation itself (`reckoning`), so that what counted always adds up to what was promised.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from ombud.lib.working_time import explain_between

from .reckoning import stretches

DAYS_OFF = ("weekend", "holiday", "closed", "no_hours")
BETWEEN = ("night", "outside")  # between two days of work; told only while every stretch is
MOST = 14  # lines that are read at a glance; more are folded by day, then by week, then by month
WEEKEND = (5, 6)


@dataclass(frozen=True)
class Line:
    """A stretch of time, in the zone of the calendar.

    `seconds` are those that counted, or how long it was when nothing did. `why` is a key of
    `working_time.WHY`, or always (no calendar), weekend, or paused, whose `name` is the status or reason.
    `without`: pairs of why and name that were left out in between; a folded line has them.
    """

    start: datetime
    end: datetime
    counted: bool
    seconds: float
    why: str
    name: str = ""
    without: tuple = ()


@dataclass(frozen=True)
class Explanation:
    """`lines` from `start` to `until`; `counted` seconds of them are of the `promised` ones.

    `lived` are the seconds that passed for the customer, of every clock on every wall, until it was
    fulfilled, or until now.
    """

    start: datetime
    until: datetime
    lines: tuple
    promised: int
    counted: float
    lived: float

    @property
    def left(self):
        """Seconds that remain, while the clock stands still; 0 when it has run out."""
        return max(self.promised - self.counted, 0)


def explain(promise, clock, now, most=MOST):
    """Why a promise is due when it is; `clock` is its working time, None around the clock.

    What is owed is told until its due time, what stands still until now, what is over until it ended.
    With `most` lines or fewer every stretch is told; more are folded.
    """
    until = told_until(promise, now)
    lines = list(_lines(promise, clock, until))
    counted = sum(line.seconds for line in lines if line.counted)
    lived = max(((promise.ended_at or now) - promise.started_at).total_seconds(), 0)
    folded = tuple(fold(lines, most))
    return Explanation(promise.started_at, until, folded, promise.seconds, counted, lived)


def told_until(promise, now):
    """Until when there is something to tell."""
    ends = promise.ended_at or promise.due_at or now
    if promise.broken_at or (promise.ended_at is None and promise.due_at):
        ends = promise.due_at or promise.broken_at
    return max(ends, promise.started_at)


def _lines(promise, clock, until):
    """Stretches that ran and pauses by turns, in the order of time."""
    at = promise.started_at
    reasons = {start: why for start, _end, why in reversed(promise.pauses)}
    zone = clock.zone if clock else UTC
    for start, end in stretches(promise):
        start, end = min(start, until), min(end or until, until)
        if at < start:
            yield from _paused(reasons, at.astimezone(zone), start.astimezone(zone))
        if start < end:
            yield from _ran(clock, start, end)
        at = max(at, end)
    if at < until:
        yield from _paused(reasons, at.astimezone(zone), until.astimezone(zone))


def _paused(reasons, start, end):
    """A pause; where two of them meet or overlap, the one that began last by then says why."""
    begun = [at for at in reasons if datetime.fromisoformat(at) <= start]
    why = reasons[max(begun, key=datetime.fromisoformat)] if begun else ""
    yield Line(start, end, False, _seconds(start, end), "paused", why)


def _ran(clock, start, end):
    if clock is None:
        yield Line(start, end, True, (end - start).total_seconds(), "always")
        return
    told = (_named(line) for line in explain_between(clock, start, end))
    yield from _joined([Line(one.start, one.end, one.counted, one.seconds, *why) for one, why in told])


def _named(line):
    """Days without hours that are Saturdays and Sundays are a weekend."""
    last = line.end - timedelta(microseconds=1)
    both = line.start.weekday() in WEEKEND and last.weekday() in WEEKEND
    if line.why == "no_hours" and both and line.seconds <= 3 * 86_400:
        return line, ("weekend", line.name)
    return line, (line.why, line.name)


def _joined(lines):
    """The evening before a day off and the morning after belong to it: a weekend is told in one line."""
    kept = []
    for line in lines:
        last = kept[-1] if kept else None
        if last and _is_off(last) and _is_between(line):
            kept[-1] = _longer(last, line.end, last)
        elif last and _is_between(last) and _is_off(line):
            kept[-1] = _longer(last, line.end, line)
        else:
            kept.append(line)
    return kept


def _is_off(line):
    return not line.counted and line.why in DAYS_OFF


def _is_between(line):
    return not line.counted and line.why in BETWEEN


def _longer(line, end, named):
    return replace(line, end=end, seconds=_seconds(line.start, end), why=named.why, name=named.name)


def _seconds(start, end):
    """Seconds that passed; times of one zone would be subtracted as they stand on its wall."""
    return (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds()


def fold(lines, most=MOST):
    """The same in fewer lines when they are more than `most`; what counted adds up as before."""
    for key in (_day, _week, _month):
        if len(lines) <= most:
            break
        lines = list(_folded(lines, key))
    return lines


def _day(line):
    return line.start.date()


def _week(line):
    return line.start.isocalendar()[:2]


def _month(line):
    return line.start.year, line.start.month


def _folded(lines, key):
    """One line for what counted within the same day, week or month; what else is worth telling between."""
    group = []
    for line in lines:
        if _goes_without_saying(line, key):
            continue
        alone = _stands_alone(line, key)
        if group and (alone or key(line) != key(group[0])):
            yield from _one(group)
            group = []
        if alone:
            yield line
        else:
            group.append(line)
    yield from _one(group)


def _goes_without_saying(line, key):
    return not line.counted and (line.why in BETWEEN or (line.why == "weekend" and key is not _day))


def _stands_alone(line, key):
    """By day, days off and pauses keep their lines; by week pauses do; by month nothing does."""
    if line.counted or key is _month:
        return False
    return line.why == "paused" or (key is _day and line.why in DAYS_OFF)


def _one(group):
    counted = [line for line in group if line.counted]
    if not counted:
        yield from group
        return
    left_out = {}  # in order, each once
    for line in group:
        left_out.update(dict.fromkeys(line.without if line.counted else ((line.why, line.name),)))
    seconds = sum(line.seconds for line in counted)
    yield replace(counted[0], end=counted[-1].end, seconds=seconds, without=tuple(left_out))
