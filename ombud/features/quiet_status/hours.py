"""Somebody's wishes as moments: when they may be asked, and when nobody comes in. No database."""

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from ombud.lib.working_time import is_open, next_opening, read_calendar
from ombud.lib.working_time.reading import WEEKDAYS
from ombud.lib.working_time.times import read_intervals, write_time

MINUTE = 60
ONE_DAY = timedelta(days=1)
AHEAD = 15  # days in which each weekday comes twice


class Hours:
    """One person's times, working days and focus hours on the clock of `zone`."""

    def __init__(self, wishes, zone):
        self.wishes, self.zone = wishes, zone
        self._open = _calendar(zone.key, *_stretches(wishes))
        self._working = _calendar(zone.key, tuple(wishes.weekdays), (_span(wishes),))

    def times_after(self, now):
        """Their next times, in order, for two weeks."""
        today = now.astimezone(self.zone).date()
        for day in (today + n * ONE_DAY for n in range(AHEAD)):
            if day.weekday() in self.wishes.weekdays:
                for minute in sorted(self.wishes.times):
                    at = datetime.combine(day, time(*divmod(minute, 60)), self.zone).astimezone(UTC)
                    if at > now:
                        yield at

    def next_time(self, now):
        """Their next time."""
        return next(self.times_after(now))

    def last_time_before(self, by, now):
        """The last of their times that is not after `by`; their next one, when there is none."""
        found = first = None
        for at in self.times_after(now):
            first = first or at
            if at > by:
                break
            found = at
        return found or first

    def quiet(self, at):
        """Why nobody interrupts them then: "focus", "hours" (they do not work), or nothing."""
        if is_open(self._open, at):
            return ""
        return "focus" if is_open(self._working, at) else "hours"

    def quiet_ends(self, at):
        """When they may be interrupted again."""
        return next_opening(self._open, at.astimezone(UTC))

    def day_of(self, at):
        """Their day: from midnight to midnight on their clock."""
        day = at.astimezone(self.zone).date()
        return [datetime.combine(day + n * ONE_DAY, time(), self.zone).astimezone(UTC) for n in (0, 1)]


def _span(wishes):
    return wishes.day_from * MINUTE, wishes.day_until * MINUTE


def _stretches(wishes):
    """Weekdays, and the parts of the working day that are no focus hours, in seconds."""
    start, end = _span(wishes)
    found = []
    for opens, closes in read_intervals("focus", wishes.focus):
        if opens > start:
            found.append((start, min(opens, end)))
        start = max(start, closes)
    return tuple(wishes.weekdays), tuple(one for one in [*found, (start, end)] if one[0] < one[1])


@lru_cache(maxsize=512)
def _calendar(zone, weekdays, stretches):
    said = [[write_time(opens), write_time(closes)] for opens, closes in stretches]
    return read_calendar({"timezone": zone, "hours": {WEEKDAYS[day]: said for day in weekdays}})
