"""Calendars stay up to date as years pass."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ombud.foundation.clock import actions, queries
from ombud.foundation.clock.models import Calendar
from ombud.foundation.events.models import Event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 19, 13, 36, tzinfo=UTC)
WEEK = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
PLAN = {
    "timezone": "Europe/Madrid",
    "hours": WEEK,
    "holidays": ["ES-MD"],
    "days": [{"name": "Fair", "from": "2026-03-02", "yearly": True}],
}


@pytest.fixture
def madrid():
    return actions.keep_calendar(name="Madrid", plan=PLAN, by=None, now=NOW)


def day_of(said):
    return queries.working_time_of(queries.default_calendar()).plan(date.fromisoformat(said))


def test_holidays_of_further_years_are_looked_up_every_month(madrid):
    assert actions.work_out_due(NOW + timedelta(days=29)) == 0
    assert day_of("2030-12-25").why == "working"
    later = NOW + timedelta(days=60)
    assert actions.work_out_due(later) == 1
    assert actions.work_out_due(later) == 0
    assert day_of("2030-12-25").why == "holiday"
    assert day_of("2030-03-01").why == "working"
    assert day_of("2029-03-02").name == "Fair"
    assert queries.default_calendar().version == 2
    told = Event.objects.filter(verb="calendar.refreshed").values_list("data", flat=True)
    assert list(told) == [{"calendar": madrid.pk, "version": 2}]


def test_a_month_that_brings_nothing_new_changes_nothing(madrid):
    assert actions.work_out_due(NOW + timedelta(days=31)) == 1
    assert queries.default_calendar().version == 1
    assert not Event.objects.filter(verb="calendar.refreshed").exists()


def test_what_was_a_holiday_when_the_calendar_was_made_stays_one(madrid):
    for years in (1, 2, 3, 4):
        actions.work_out_due(NOW + timedelta(days=366 * years))
    assert day_of("2026-12-25").why == "holiday"
    assert day_of("2033-12-08").why == "holiday"


def test_a_country_whose_holidays_are_lost_keeps_those_that_were_found(madrid):
    Calendar.objects.update(plan=PLAN | {"holidays": ["XX"]})
    assert actions.work_out_due(NOW + timedelta(days=31)) == 1
    assert day_of("2026-12-25").why == "holiday"
    assert actions.work_out_due(NOW + timedelta(days=32)) == 0


def test_a_feed_that_fails_is_asked_again_in_an_hour_and_told_once(madrid):
    row = actions.keep_calendar(calendar=madrid, feed_url="http://127.0.0.1:9/x.ics", by=None, now=NOW)
    for hours in (0, 1, 2):
        assert actions.refresh_feeds(NOW + timedelta(hours=hours)) == 1
    row.refresh_from_db()
    assert "cannot be reached" in row.feed_error
    assert Event.objects.filter(verb="calendar.feed_failed").count() == 1
