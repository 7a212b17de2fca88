"""What working time refuses, and what it keeps."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from ombud.lib.working_time import (
    NoWorkingTime,
    Refused,
    add_working_time,
    explain_between,
    next_closing,
    next_opening,
    read_calendar,
    working_time_between,
)
from ombud.lib.working_time.blocks import KEPT

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
OFFICE = {"timezone": "Europe/Madrid", "hours": {"mon": [["09:00", "17:00"]]}}
NEVER = {"timezone": "Europe/Madrid", "hours": {}}


@pytest.mark.parametrize("seconds", [-1, True, "60", float("nan"), float("inf"), 10**400, None])
def test_a_duration_is_a_number_of_seconds_from_zero_up(seconds):
    with pytest.raises(Refused, match="duration"):
        add_working_time(read_calendar(OFFICE), START, seconds)


def test_a_time_without_offset_or_out_of_reach_is_refused():
    calendar = read_calendar(OFFICE)
    with pytest.raises(Refused, match="start: a time needs its offset"):
        add_working_time(calendar, START.replace(tzinfo=None), 60)
    with pytest.raises(Refused, match="until: only times between"):
        working_time_between(calendar, START, START.replace(year=9999))
    for question in (working_time_between, explain_between):
        with pytest.raises(Refused, match="until: the end is before the start"):
            question(calendar, START, START - timedelta(seconds=1))


def test_without_working_time_there_is_no_answer_rather_than_a_wrong_one():
    calendar = read_calendar(NEVER)
    with pytest.raises(NoWorkingTime, match="not that much working time ahead"):
        add_working_time(calendar, START, 1)
    assert working_time_between(calendar, START, START + timedelta(days=400)) == timedelta()
    assert next_opening(calendar, START) is None and next_closing(calendar, START) is None
    assert len(calendar.blocks) <= KEPT


def test_threads_may_share_a_calendar():
    shared, alone = read_calendar(OFFICE), read_calendar(OFFICE)
    starts = [START + timedelta(days=11 * step) for step in range(400)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda start: add_working_time(shared, start, 30_000), starts * 2))
    assert found == [add_working_time(alone, start, 30_000) for start in starts] * 2
    assert len(shared.blocks) <= KEPT


def test_nothing_heavy_is_imported_until_a_calendar_asks_for_it():
    asks = "import sys, ombud.lib.working_time as _, ombud.lib.working_time.explain as _;"
    heavy = "print({'django', 'holidays', 'icalendar', 'recurring_ical_events', 'dateutil'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", asks + heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
