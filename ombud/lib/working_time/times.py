"""Times of day and intervals as people write them: ["09:00", "17:30"], ["22:00", "06:00"]."""

import re
from itertools import pairwise

from ombud.lib.working_time.refusals import N_, Refused
from ombud.lib.working_time.wall import DAY_SECONDS

_TIME = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
LATEST = 2 * DAY_SECONDS


def read_intervals(field, said):
    """The intervals of a day in order, as seconds of the day; `Refused` if reversed or overlapping."""
    if not isinstance(said, list | tuple):
        raise Refused(field, N_('a list of intervals is needed, such as [["09:00", "17:30"]]'))
    intervals = sorted(_interval(f"{field}[{index}]", one) for index, one in enumerate(said))
    for (_, closes), (opens, _) in pairwise(intervals):
        if opens < closes:
            raise Refused(
                field,
                N_("one interval begins at {opens}, before the one before it has ended at {closes}"),
                opens=write_time(opens),
                closes=write_time(closes),
            )
    return tuple(intervals)


def _interval(field, said):
    if not isinstance(said, list | tuple) or len(said) != 2:
        raise Refused(field, N_('an interval is an opening and a closing, such as ["09:00", "17:30"]'))
    opens, closes = (read_time(field, time) for time in said)
    if opens == closes:
        raise Refused(field, N_("it ends when it begins; a whole day is written 00:00 to 24:00"))
    if closes < opens < DAY_SECONDS:
        closes += DAY_SECONDS  # past midnight
    if closes < opens:
        raise Refused(field, N_("it ends before it begins"))
    return opens, closes


def read_time(field, said):
    """A time of day as seconds, up to 48:00; `Refused` if it is none."""
    found = _TIME.fullmatch(said) if isinstance(said, str) else None
    hour, minute, second = (int(part or 0) for part in found.groups()) if found else (99, 0, 0)
    seconds = hour * 3600 + minute * 60 + second
    if seconds > LATEST:
        raise Refused(field, N_("{time} is not a time; times go from 00:00 to 48:00"), time=said)
    return seconds


def write_time(seconds):
    """A time of day as it is read; seconds only if there are any."""
    minutes, second = divmod(seconds, 60)
    shown = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{shown}:{second:02}" if second else shown
