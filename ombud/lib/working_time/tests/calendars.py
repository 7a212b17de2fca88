"""Calendars and times for the property tests, as JSON would bring them."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import strategies as st

from ombud.lib.working_time import read_calendar
from ombud.lib.working_time.reading import WEEKDAYS
from ombud.lib.working_time.times import write_time

# Both halves of the earth, odd offsets, jumps of 30 minutes and of a day, jumps at midnight.
ZONES = [
    "UTC",
    "Europe/Madrid",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Havana",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Shanghai",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Apia",
]
# Where those clocks jump, so that the questions are about that.
JUMPS = [date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1), date(2026, 4, 5)]
JUMPS += [date(2026, 10, 4), date(2011, 12, 30), date(2018, 2, 18), date(2018, 11, 4), date(2026, 4, 24)]
JUMPS += [date(2026, 10, 30), date(2026, 9, 27), date(2026, 12, 24), date(2027, 1, 1), date(2026, 2, 16)]

near_jumps = st.builds(lambda day, away: day + timedelta(away), st.sampled_from(JUMPS), st.integers(-4, 4))
seconds = st.one_of(st.integers(0, 4 * 86_400), st.sampled_from([0, 1, 60, 1800, 3600, 28_800]))


@st.composite
def intervals(draw, quarter=15 * 60):
    """Up to three intervals that start on one day, as quarters of an hour."""
    ends = draw(st.lists(st.integers(0, 120), max_size=3, unique=True).map(sorted))
    ends += [min(ends[-1] + draw(st.integers(1, 60)), 192)] if ends else []
    pairs = pairwise(ends)
    return [[write_time(a * quarter), write_time(b * quarter)] for a, b in pairs if draw(st.booleans())]


@st.composite
def weeks(draw):
    """Hours for the days of a week, or 24x7."""
    if draw(st.integers(0, 9)) == 0:
        return "24x7"
    return {day: draw(intervals()) for day in WEEKDAYS if draw(st.booleans())}


@st.composite
def described(draw):
    """A calendar as JSON."""
    said = {"timezone": draw(st.sampled_from(ZONES)), "hours": draw(weeks())}
    said["closed"] = [str(day) for day in draw(st.lists(near_jumps, max_size=4))]
    said["special"] = {str(day): draw(intervals()) for day in draw(st.lists(near_jumps, max_size=2))}
    said["holidays"] = draw(st.sampled_from([[], [], ["ES-MD"], ["US"], ["IN", "CN"]]))
    if draw(st.booleans()):
        since = draw(near_jumps)
        said["weeks"] = [{"from": str(since), "to": str(since + timedelta(3)), "hours": draw(weeks())}]
    return said


calendars = described().map(read_calendar)
midnights = near_jumps.map(lambda day: datetime(day.year, day.month, day.day, tzinfo=UTC))
moments = st.builds(
    lambda midnight, second, micro: midnight + timedelta(seconds=second, microseconds=micro),
    midnights,
    st.integers(0, 86_399),
    st.sampled_from([0, 0, 1, 500_000]),
)
