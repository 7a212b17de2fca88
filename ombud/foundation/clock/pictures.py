"""Working time to be looked at: days as bars, a year as squares. Plain data, which ui's macros draw."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from ombud.lib.working_time import explain_between
from ombud.lib.working_time.wall import DAY_SECONDS, instant_on, time_of

ONE_DAY = timedelta(days=1)
WEEK = 7
WEEKS = 53


@dataclass
class DayLine:
    """A local day as a line of 24 hours. Pairs are percents of it; `seconds` is what is worked on it."""

    day: date
    why: str
    name: str
    open: list = field(default_factory=list)
    spent: list = field(default_factory=list)  # (from, to, seconds)
    arrives: float | None = None
    due: float | None = None
    seconds: float = 0


def day_lines(calendar, first, count, start=None, due=None):
    """`count` days from `first`; between `start` and `due` (with offsets) working time is also `spent`."""
    return [_day_line(calendar, first + index * ONE_DAY, start, due) for index in range(count)]


def days_around(calendar, start, due, most=2 * WEEK):
    """The whole weeks (first day, how many days) that show a start and its due time, at most `most` days."""
    first = start.astimezone(calendar.zone).date()
    first -= first.weekday() * ONE_DAY
    last = due.astimezone(calendar.zone).date() if due else first
    weeks = (last - first).days // WEEK + 1
    return first, min(weeks * WEEK, most)


def _day_line(calendar, day, start, due):
    begins, ends = _midnight(calendar, day), _midnight(calendar, day + ONE_DAY)
    plan = calendar.plan(day)
    line = DayLine(day, plan.why, plan.name)
    if begins == ends:  # a day that this country skipped
        return line
    for worked in explain_between(calendar, begins, ends):
        if worked.counted:
            line.open.append((_percent(worked.start, day), _percent(worked.end, day)))
            line.seconds += worked.seconds
            _spend(line, worked, start, due)
    if start and begins <= start < ends:
        line.arrives = _percent(start.astimezone(calendar.zone), day)
    if due and begins < due <= ends:
        line.due = _percent(due.astimezone(calendar.zone), day)
    return line


def _spend(line, worked, start, due):
    if start is None or due is None:
        return
    low, high = max(worked.start, start), min(worked.end, due)
    if low < high:
        zone = worked.start.tzinfo
        ends = (_percent(low.astimezone(zone), line.day), _percent(high.astimezone(zone), line.day))
        line.spent.append((*ends, (high - low).total_seconds()))


def _midnight(calendar, day):
    return time_of(instant_on(calendar.zone, day, 0), calendar.zone)


def _percent(at, day):
    """Where the clock on the wall then stood, as a part of the day."""
    if at.date() != day:
        return 100.0 if at.date() > day else 0.0
    return round((at.hour * 3600 + at.minute * 60 + at.second) / DAY_SECONDS * 100, 3)


@dataclass(frozen=True)
class Square:
    """A day of the year's picture: work, special, holiday, closed (by ourselves) or none (no hours)."""

    day: date
    kind: str
    name: str = ""
    clock_changes: bool = False


KINDS = {"working": "work", "no_hours": "none"}


def squares(calendar, first, weeks=WEEKS):
    """The days of some weeks from the Monday before `first`."""
    monday = first - first.weekday() * ONE_DAY
    return [_square(calendar, monday + index * ONE_DAY) for index in range(weeks * WEEK)]


def _square(calendar, day):
    plan = calendar.plan(day)
    zone = calendar.zone
    before, after = (datetime(one.year, one.month, one.day, tzinfo=zone) for one in (day, day + ONE_DAY))
    changes = before.utcoffset() != after.utcoffset()
    return Square(day, KINDS.get(plan.why, plan.why), plan.name, changes)
