"""Hours as people type them, “9:00–12:00, 13:00–17:30”, and as a field shows them."""

import re

from ombud.lib.working_time import Refused
from ombud.lib.working_time.refusals import N_
from ombud.lib.working_time.times import read_intervals, write_time
from ombud.lib.working_time.wall import DAY_SECONDS

_BETWEEN = re.compile(r"\s*(?:[-–—~～至]|\bto\b|\ba\b|\bà\b)\s*")
_APART = re.compile(r"\s*[,;，；、\n]\s*")
_TIME = re.compile(
    r"(\d{1,2})(?:[:.h：時时点](\d{2})?)?(?:[:.](\d{2}))?\s*([ap]\.?m\.?)?", re.ASCII | re.IGNORECASE
)
WHOLE_DAY = ("24h", "24 h", "0-24")


def read_typed(field, text):
    """Typed hours as JSON writes them, [["09:00", "12:00"], …]; `Refused` says what is not understood."""
    text = text.strip()
    if not text:
        return []
    if text.lower() in WHOLE_DAY:
        return [["00:00", "24:00"]]
    said = [_interval(field, part) for part in _APART.split(text) if part]
    read_intervals(field, said)
    return sorted(said)


def _interval(field, part):
    ends = _BETWEEN.split(part)
    if len(ends) != 2:
        raise Refused(
            field, N_("“{text}” is not understood; write hours like 9:00–12:00, 13:00–17:30"), text=part
        )
    return [_time(field, end) for end in ends]


def _time(field, said):
    found = _TIME.fullmatch(said.strip())
    if not found:
        raise Refused(field, N_("“{text}” is not a time; write it like 9:00 or 17:30"), text=said)
    hour, minute, second, half = int(found[1]), found[2] or "00", found[3], (found[4] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return f"{hour:02}:{minute}" + (f":{second}" if second and second != "00" else "")


def shown_intervals(intervals):
    """Intervals in seconds of the day, as a field shows them; beyond midnight as the clock then says."""
    return ", ".join(f"{_shown(opens)}–{_shown_end(opens, closes)}" for opens, closes in intervals)


def shown(said):
    """The same for intervals as JSON writes them."""
    return shown_intervals(read_intervals("hours", said))


def _shown_end(opens, closes):
    past_midnight = DAY_SECONDS < closes < opens + DAY_SECONDS
    return _shown(closes - DAY_SECONDS if past_midnight else closes)


def _shown(seconds):
    time = write_time(seconds)
    return time[1:] if time.startswith("0") else time


_SPAN = re.compile(
    r"(?:(?P<hours>\d{1,4}(?:[.,]\d{1,2})?)\s*(?:h|hrs?|hours?|horas?|heures?|小时|:))?\s*"
    r"(?:(?P<minutes>\d{1,5})\s*(?:m|min|mins|minutes?|minutos?|分钟|分)?)?",
    re.ASCII | re.IGNORECASE,
)


def read_span(field, text):
    """A duration as people type it, “4 h”, “90 min”, “1 h 30”, “1:30”, in seconds; or `Refused`."""
    said = text.strip()
    found = _SPAN.fullmatch(said)
    if not said or not found or said.isdigit():
        raise Refused(field, N_("“{text}” is not a duration; write it like 4 h, 90 min or 1 h 30"), text=said)
    hours = float((found["hours"] or "0").replace(",", "."))
    return round(hours * 3600) + int(found["minutes"] or 0) * 60
