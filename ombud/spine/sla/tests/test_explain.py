"""A promise told line by line adds up, whatever happened to it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ombud.lib.working_time import read_calendar
from ombud.spine.sla.explain import MOST, explain
from ombud.spine.sla.models import Promise, State
from ombud.spine.sla.reckoning import reckon
from ombud.spine.sla.terms import NOTHING

HOUR = 3600
BEGIN = datetime(2026, 11, 17, 15, 40, tzinfo=UTC)  # Tuesday 16:40 in Amsterdam
DAY = [["09:00", "12:30"], ["13:30", "18:00"]]
WEEK = read_calendar(
    {
        "timezone": "Europe/Amsterdam",
        "hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY),
        "closed": {"2026-12-25": "Christmas", "2026-12-07": "Moving"},
    }
)
NIGHTS = read_calendar({"timezone": "Asia/Shanghai", "hours": {"mon": [["22:00", "30:00"]]}})


def promised(seconds, clock, pauses=(), started_at=BEGIN, **more):
    """A promise with pauses as pairs of seconds since it began; the last may be open."""
    told = [
        [
            (started_at + timedelta(seconds=start)).isoformat(),
            end and (started_at + timedelta(seconds=end)).isoformat(),
            "waiting",
        ]
        for start, end in pauses
    ]
    state = State.PAUSED if told and told[-1][1] is None else State.RUNNING
    promise = Promise(seconds=seconds, started_at=started_at, pauses=told, state=state, **more)
    reckon(promise, clock, NOTHING, started_at)
    return promise


def said(explanation):
    return [
        (f"{line.start:%a %H:%M}", f"{line.end:%a %H:%M}", line.why, line.counted and line.seconds / HOUR)
        for line in explanation.lines
    ]


def test_each_stretch_is_told_with_why_it_counts_or_not():
    wednesday = (BEGIN.replace(day=18, hour=8, minute=0) - BEGIN).total_seconds()
    promise = promised(12 * HOUR, WEEK, [(wednesday, wednesday + 3.5 * HOUR)])
    told = explain(promise, WEEK, BEGIN)
    assert said(told) == [
        ("Tue 16:40", "Tue 18:00", "working", pytest.approx(4 / 3)),
        ("Tue 18:00", "Wed 09:00", "night", False),
        ("Wed 09:00", "Wed 12:30", "paused", False),
        ("Wed 12:30", "Wed 13:30", "break", False),
        ("Wed 13:30", "Wed 18:00", "working", 4.5),
        ("Wed 18:00", "Thu 09:00", "night", False),
        ("Thu 09:00", "Thu 12:30", "working", 3.5),
        ("Thu 12:30", "Thu 13:30", "break", False),
        ("Thu 13:30", "Thu 16:10", "working", pytest.approx(8 / 3)),
    ]
    assert told.counted == told.promised == 12 * HOUR


def test_the_customer_has_lived_more_than_was_counted():
    promise = promised(12 * HOUR, WEEK)
    told = explain(promise, WEEK, BEGIN + timedelta(hours=45, minutes=56))
    assert told.lived == 45 * HOUR + 56 * 60


def test_a_weekend_is_one_line_with_its_nights():
    told = explain(promised(24 * HOUR, WEEK, started_at=BEGIN.replace(day=20)), WEEK, BEGIN)
    assert ("Fri 18:00", "Mon 09:00", "weekend", False) in said(told)


def test_long_ones_are_told_by_day_then_by_week_then_by_month():
    by_day = explain(promised(40 * HOUR, WEEK), WEEK, BEGIN).lines
    assert said(explain(promised(40 * HOUR, WEEK), WEEK, BEGIN))[1] == (
        "Wed 09:00",
        "Wed 18:00",
        "working",
        8,
    )
    assert by_day[1].without == (("break", ""),)
    by_week = explain(promised(100 * HOUR, WEEK, started_at=BEGIN.replace(day=30)), WEEK, BEGIN).lines
    assert ("closed", "Moving") in by_week[1].without
    assert [line.seconds / HOUR for line in by_week[1:2]] == [32]
    assert len(explain(promised(1500 * HOUR, WEEK), WEEK, BEGIN).lines) <= MOST


def test_one_that_was_kept_is_told_until_then():
    promise = promised(4 * HOUR, WEEK)
    promise.met_at = promise.ended_at = BEGIN + timedelta(minutes=11)
    promise.state = State.KEPT
    told = explain(promise, WEEK, BEGIN + timedelta(days=9))
    assert (told.counted, told.lived, len(told.lines)) == (660, 660, 1)


def test_around_the_clock_every_second_counts():
    told = explain(promised(90 * HOUR, None), None, BEGIN)
    assert [(line.why, line.seconds) for line in told.lines] == [("always", 90 * HOUR)]


@st.composite
def histories(draw):
    marks = sorted(draw(st.lists(st.integers(0, 4_000_000), max_size=7, unique=True)))
    pauses = [(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    if len(marks) % 2 and draw(st.booleans()):
        pauses.append((marks[-1], None))
    started_at = BEGIN + timedelta(seconds=draw(st.integers(0, 30_000_000)))
    return promised(draw(st.integers(60, 3_000_000)), draw(st.just(WEEK)), pauses, started_at)


@settings(max_examples=150, deadline=None)
@given(histories(), st.integers(0, 8_000_000))
def test_what_counted_adds_up_to_what_was_promised_or_ran(promise, later):
    now = promise.started_at + timedelta(seconds=later)
    whole, folded = explain(promise, WEEK, now, most=100_000), explain(promise, WEEK, now)
    if promise.due_at:
        assert whole.counted == pytest.approx(promise.seconds, abs=1e-3)
    elif datetime.fromisoformat(promise.pauses[-1][0]) <= now:
        assert whole.left == pytest.approx(promise.left, abs=1)
    counted = [line.seconds for line in folded.lines if line.counted]
    assert sum(counted) == pytest.approx(whole.counted, abs=1e-3)
    for line, following in zip(whole.lines, whole.lines[1:], strict=False):
        assert line.end == following.start
    if whole.lines:
        assert whole.lines[0].start == promise.started_at
        assert whole.lines[-1].end == whole.until


@given(st.integers(60, 400_000), st.integers(0, 20_000_000))
@settings(max_examples=50, deadline=None)
def test_nights_add_up_too(seconds, later):
    promise = promised(seconds, NIGHTS, started_at=BEGIN + timedelta(seconds=later))
    assert explain(promise, NIGHTS, BEGIN).counted == pytest.approx(seconds, abs=1e-3)
