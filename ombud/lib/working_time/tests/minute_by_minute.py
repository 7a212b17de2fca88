"""Working time counted the slow way: look at the clock on the wall every minute.

It knows nothing of the product but what is promised: a time of day has come once the clock on the wall has
shown it or passed it, so all it keeps is the latest that the clock has ever shown.
"""

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays

from ombud.lib.working_time.reading import WEEKDAYS

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def open_minutes(said, start, end):
    """The minutes from start to end (UTC, whole minutes) that are working time."""
    zone = ZoneInfo(said["timezone"])
    at, latest = start - 3 * DAY, None
    while at < end:
        shown = at.astimezone(zone).replace(tzinfo=None)
        latest = max(latest or shown, shown)
        if at >= start and _works(said, latest):
            yield at
        at += MINUTE


def _works(said, wall):
    day, minute = wall.date(), wall.hour * 60 + wall.minute
    if _closed(said, day):
        return False
    return any(
        opens <= minute + 1440 * ago < closes
        for ago in (0, 1)
        for opens, closes in _starting(said, day - ago * DAY)
    )


def _closed(said, day):
    if str(day) in said["special"]:
        return False
    public = (_public(place, day.year) for place in said["holidays"])
    return str(day) in said["closed"] or any(day in found for found in public)


@cache
def _public(place, year):
    return set(holidays.country_holidays(*place.split("-"), years=year))


def _starting(said, day):
    if _closed(said, day):
        return []
    hours = said["hours"]
    for week in said.get("weeks", []):
        if date.fromisoformat(week["from"]) <= day <= date.fromisoformat(week["to"]):
            hours = week["hours"]
    found = [["00:00", "24:00"]] if hours == "24x7" else hours.get(WEEKDAYS[day.weekday()], [])
    found = said["special"].get(str(day), found)
    return [[int(time[:2]) * 60 + int(time[3:]) for time in interval] for interval in found]


def edges(minutes):
    """First minutes of each run of open minutes."""
    minutes = list(minutes)
    return minutes[:1] + [later for earlier, later in pairwise(minutes) if later - earlier > MINUTE]
