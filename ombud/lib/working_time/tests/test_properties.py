"""What is true of every calendar: checked on random ones, near the days when clocks jump."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ombud.lib.working_time import (
    NoWorkingTime,
    add_working_time,
    explain_between,
    explain_due,
    is_open,
    next_closing,
    next_opening,
    read_calendar,
    working_time_between,
)
from ombud.lib.working_time.tests.calendars import calendars, described, midnights, moments, seconds
from ombud.lib.working_time.tests.minute_by_minute import edges, open_minutes

TICK = timedelta(microseconds=1)
SPANS = st.builds(timedelta, seconds=seconds, microseconds=st.sampled_from([0, 0, 250_001]))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
some = settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
few = settings(max_examples=25, deadline=None, suppress_health_check=SLOW)


def due(calendar, start, duration):
    try:
        return add_working_time(calendar, start, duration)
    except NoWorkingTime:
        assume(False)


@few
@given(described(), midnights, st.integers(1, 3 * 1440))
def test_it_counts_what_the_clock_on_the_wall_shows_minute_by_minute(said, start, minutes):
    end = start + timedelta(minutes=minutes)
    calendar = read_calendar(said)
    slowly = list(open_minutes(said, start, end))
    assert working_time_between(calendar, start, end) == len(slowly) * timedelta(minutes=1)
    for opening in edges(slowly):
        assert is_open(calendar, opening)
    if slowly:
        last = slowly[-1] + timedelta(minutes=1)
        assert add_working_time(calendar, start, len(slowly) * 60) == last


@some
@given(calendars, moments, SPANS)
def test_adding_what_was_elapsed_returns_the_end(calendar, start, span):
    end = start + span
    elapsed = working_time_between(calendar, start, end)
    found = due(calendar, start, elapsed.total_seconds())
    if not span or is_open(calendar, end - TICK):
        assert found == end
    else:  # nothing was worked at the end: the last that was, is when it ran out
        assert found <= end
        assert working_time_between(calendar, start, found) == elapsed


@some
@given(calendars, moments, seconds)
def test_what_was_added_has_elapsed_and_not_a_moment_earlier(calendar, start, duration):
    found = due(calendar, start, duration)
    assert working_time_between(calendar, start, found) == timedelta(seconds=duration)
    if duration:
        assert is_open(calendar, found - TICK)


@some
@given(calendars, moments, SPANS, seconds, seconds)
def test_later_starts_and_longer_durations_are_never_due_earlier(calendar, start, span, one, other):
    longer = due(calendar, start, one + other)
    assert due(calendar, start, one) <= longer
    assert longer <= due(calendar, start + span, one + other)
    assert due(calendar, due(calendar, start, one), other) == longer


@some
@given(calendars, moments, SPANS, SPANS)
def test_parts_sum_to_the_whole(calendar, start, one, other):
    middle, end = start + one, start + one + other
    parts = working_time_between(calendar, start, middle) + working_time_between(calendar, middle, end)
    assert parts == working_time_between(calendar, start, end)


@some
@given(calendars, moments, SPANS)
def test_the_lines_have_no_holes_and_their_sum_is_the_answer(calendar, start, span):
    end = start + span
    lines = explain_between(calendar, start, end)
    assert not lines or (lines[0].start, lines[-1].end) == (start, end)
    assert all(earlier.end == later.start for earlier, later in pairwise(lines))
    # In UTC: in one zone Python subtracts what the wall shows, not what passed.
    lengths = [one.end - one.start.astimezone(start.tzinfo) for one in lines if one.counted]
    assert sum(lengths, timedelta()) == working_time_between(calendar, start, end)
    assert all(one.seconds > 0 for one in lines)
    for one in lines:
        assert is_open(calendar, one.start) == is_open(calendar, one.end - TICK) == one.counted


@some
@given(calendars, moments, seconds)
def test_an_explanation_ends_when_it_is_due(calendar, start, duration):
    try:
        found, lines = explain_due(calendar, start, duration)
    except NoWorkingTime:
        assume(False)
    assert found == add_working_time(calendar, start, duration)
    assert sum(one.seconds for one in lines if one.counted) == duration
    assert not lines or (lines[-1].end == found and lines[-1].counted)


@some
@given(calendars, moments)
def test_the_next_opening_and_closing_are_where_it_changes(calendar, at):
    opening, closing = next_opening(calendar, at), next_closing(calendar, at)
    if opening:
        assert opening > at and is_open(calendar, opening) and not is_open(calendar, opening - TICK)
    if closing:
        assert closing > at and is_open(calendar, closing - TICK) and not is_open(calendar, closing)
    if not is_open(calendar, at) and opening:
        assert not working_time_between(calendar, at, opening)
    if is_open(calendar, at) and closing:
        assert working_time_between(calendar, at, closing) == closing - at
