"""The account of a working time: each stretch, whether it counts, and why."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from ombud.lib.working_time.arithmetic import add_working_time
from ombud.lib.working_time.calendar import Plan
from ombud.lib.working_time.refusals import N_, Refused
from ombud.lib.working_time.wall import SECOND, instant_of, instant_on, time_of

# Why a stretch counts or not, alone and with a name.
WHY = {
    "working": (N_("working hours"), N_("working hours: {name}")),
    "special": (N_("special day"), N_("special day: {name}")),
    "break": (N_("lunch or another break"), N_("lunch or another break: {name}")),
    "night": (N_("night"), N_("night: {name}")),
    "outside": (N_("outside working hours"), N_("outside working hours: {name}")),
    "no_hours": (N_("no hours on this weekday"), N_("no hours on this weekday: {name}")),
    "holiday": (N_("public holiday"), N_("public holiday: {name}")),
    "closed": (N_("closed"), N_("closed: {name}")),
}


@dataclass(frozen=True)
class Line:
    """A stretch of time, in the calendar's zone. `why` is a key of WHY; `name` is a holiday's, a week's …"""

    start: datetime
    end: datetime
    counted: bool
    why: str
    name: str = ""

    @property
    def seconds(self):
        """How long it is; whole seconds as int."""
        micros = instant_of(self.end) - instant_of(self.start)
        return micros / SECOND if micros % SECOND else micros // SECOND

    @property
    def words(self):
        """Why, in English."""
        return WHY[self.why][bool(self.name)].format(name=self.name)


def explain_between(calendar, start, end):
    """Every stretch from `start` to `end`, as lines without holes; the counted ones are the working time."""
    low, high = instant_of(start), instant_of(end, "until")
    if high < low:
        raise Refused("until", N_("the end is before the start"))
    if high == low:
        return []
    return list(_lines(calendar, low, high))


def explain_due(calendar, start, seconds):
    """When `seconds` of working time since `start` have passed, and the lines until then."""
    due = add_working_time(calendar, start, seconds)
    return due, explain_between(calendar, start, due)


@dataclass(frozen=True)
class _Day:
    """A local day as instants."""

    begins: int
    ends: int
    plan: Plan
    stretches: list[tuple[int, int]]

    @cached_property
    def counts_as(self):
        return self.plan.why, self.plan.name


def _lines(calendar, low, high):
    """Neighbours that say the same become one line."""
    last = None
    for piece in _pieces(_days(calendar, low, high), low, high):
        if last and last[2:] == piece[2:]:
            last = (last[0], *piece[1:])
            continue
        if last:
            yield _line(calendar, *last)
        last = piece
    yield _line(calendar, *last)


def _line(calendar, start, end, *rest):
    return Line(time_of(start, calendar.zone), time_of(end, calendar.zone), *rest)


def _days(calendar, low, high):
    # Two days earlier, for what starts on them and spills over.
    first = time_of(low, calendar.zone).toordinal() - 2
    last = time_of(high, calendar.zone).toordinal()
    begins = [instant_on(calendar.zone, date.fromordinal(day), 0) for day in range(first, last + 2)]
    return [
        _Day(begin, end, calendar.plan(day), _stretches(calendar, day))
        for day, begin, end in zip(
            map(date.fromordinal, range(first, last + 1)), begins[:-1], begins[1:], strict=True
        )
    ]


def _stretches(calendar, day):
    return [
        (instant_on(calendar.zone, day, opens), instant_on(calendar.zone, day, closes))
        for opens, closes in calendar.intervals_on(day)
    ]


def _pieces(days, low, high):
    """(start, end, counted, why, name) for every piece from low to high, split at midnights where skipped."""
    begins = [day.begins for day in days]
    worked = sorted((*stretch, day.counts_as) for day in days for stretch in day.stretches)
    at = low
    for start, end, counts_as in worked:
        start, end = max(start, at), min(end, high)
        if start < end:
            yield from _skipped(days, begins, at, start)
            yield start, end, True, *counts_as
            at = end
    yield from _skipped(days, begins, at, high)


def _skipped(days, begins, low, high):
    index = bisect_right(begins, low) - 1
    while low < high:
        end = min(days[index].ends, high)
        if low < end:
            yield low, end, False, *_why_not(days, index, low, end)
        low, index = max(low, end), index + 1


def _why_not(days, index, start, end):
    day = days[index]
    if day.plan.closed:
        return day.counts_as
    for owner in days[max(index - 2, 0) : index + 1]:
        if any(one <= start for _, one in owner.stretches) and any(one >= end for one, _ in owner.stretches):
            return "break", ""
    if day.plan.why != "working":
        return day.counts_as
    touches_midnight = start == day.begins or end == day.ends
    return ("night" if touches_midnight else "outside"), ""
