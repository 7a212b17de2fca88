"""When a team works: the calendar, and what it plans for each day."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from ombud.lib.working_time.public import public_holidays
from ombud.lib.working_time.wall import DAY_SECONDS

# Opening and closing as seconds of the day; closing may be up to 48 hours after midnight.
Interval = tuple[int, int]
# Monday to Sunday, the intervals that start on each day, in order.
Week = tuple[tuple[Interval, ...], ...]

ALWAYS: Week = (((0, DAY_SECONDS),),) * 7
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """A different week from one day to another (both included; without `until`, from then on)."""

    since: date
    until: date | None
    hours: Week
    name: str = ""

    def covers(self, day):
        """Whether the day belongs to this period."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Plan:
    """What a day is: `why` is working, special, no_hours, holiday or closed; `name` whose or which."""

    why: str
    name: str = ""
    intervals: tuple[Interval, ...] = ()

    @property
    def closed(self):
        """Whether nothing counts on that day, not even what spills into it."""
        return self.why in ("closed", "holiday")


@dataclass(frozen=True)
class Calendar:
    """A working calendar. `read_calendar` makes one of JSON, and refuses what cannot be meant.

    A special day's intervals replace those that start on it, and it is not closed. On a closed day or public
    holiday nothing starts, and what spills into it from the evening before is cut at midnight.
    Instances are values: equal when they say the same. Each keeps what it has computed, so keep yours.
    """

    timezone: str
    hours: Week
    periods: tuple[Period, ...] = ()
    closed: tuple[tuple[date, str], ...] = ()
    special: tuple[tuple[date, tuple[Interval, ...], str], ...] = ()
    holidays: tuple[tuple[str, str], ...] = ()
    known_holidays: tuple[tuple[date, str], ...] = ()
    blocks: dict = field(default_factory=dict, init=False, compare=False, repr=False)

    @cached_property
    def zone(self):
        """The calendar's time zone."""
        return ZoneInfo(self.timezone)

    def plan(self, day):
        """What the day is, before anything spills into it."""
        special = self._special.get(day)
        if special:
            return special
        if day in self._closed:
            return Plan("closed", self._closed[day])
        if day in self._known_holidays:
            return Plan("holiday", self._known_holidays[day])
        for country, subdivision in self.holidays:
            name = public_holidays(country, subdivision, day.year).get(day)
            if name:
                return Plan("holiday", name)
        period = next((one for one in self.periods if one.covers(day)), None)
        intervals = (period or self).hours[day.weekday()]
        return Plan("working" if intervals else "no_hours", period.name if period else "", intervals)

    def intervals_on(self, day):
        """The intervals that start on the day, cut at midnight if the next day is closed."""
        intervals = self.plan(day).intervals
        if not intervals or intervals[-1][1] <= DAY_SECONDS or not self.plan(day + ONE_DAY).closed:
            return intervals
        return tuple((opens, min(closes, DAY_SECONDS)) for opens, closes in intervals if opens < DAY_SECONDS)

    @cached_property
    def _closed(self):
        return dict(self.closed)

    @cached_property
    def _known_holidays(self):
        return dict(self.known_holidays)

    @cached_property
    def _special(self):
        return {day: Plan("special", name, intervals) for day, intervals, name in self.special}
