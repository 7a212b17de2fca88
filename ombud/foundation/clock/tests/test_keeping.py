"""Keeping working calendars: what is worked out of a plan, and what is refused."""

import sys
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from ombud.foundation.clock import actions, queries
from ombud.foundation.clock.models import Calendar
from ombud.foundation.events.models import Event
from ombud.lib.working_time import add_working_time, explain_between

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 19, 13, 36, tzinfo=UTC)
WEEK = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
MADRID = {"timezone": "Europe/Madrid", "hours": WEEK, "holidays": ["ES-MD"], "language": "es"}


def keep(plan=MADRID, name="Madrid", **more):
    return actions.keep_calendar(name=name, plan=plan, by=None, now=NOW, **more)


def day_of(row, said):
    return queries.working_time_of(row).plan(date.fromisoformat(said))


def test_the_first_calendar_is_the_default_until_another_is_made_it():
    first, second = keep(), keep(name="Shanghai")
    assert queries.default_calendar() == first
    actions.make_default(second, by=None, now=NOW)
    assert queries.default_calendar() == second
    with pytest.raises(ValidationError, match="default"):
        actions.archive_calendar(second, by=None, now=NOW)
    actions.archive_calendar(first, by=None, now=NOW)
    assert [row.name for row in queries.calendars()] == ["Shanghai"]


def test_public_holidays_are_written_out_in_the_language_of_the_calendar():
    row = keep()
    assert (day_of(row, "2026-12-08").why, day_of(row, "2026-12-08").name) == (
        "holiday",
        "Inmaculada Concepción",
    )
    assert day_of(row, "2029-12-25").why == "holiday"
    assert day_of(row, "2025-01-01").why == "holiday"


def test_a_holiday_can_be_worked_as_usual_or_for_half_a_day():
    worked = {"Inmaculada Concepción": "usual", "Natividad del Señor": [["09:00", "12:00"]]}
    row = keep(MADRID | {"worked": worked})
    assert day_of(row, "2026-12-08").why == "working"
    assert day_of(row, "2026-12-25").intervals == ((9 * 3600, 12 * 3600),)


def test_own_days_win_over_holidays_and_come_every_year_if_told():
    days = [
        {"name": "Inventario", "from": "2026-12-28", "to": "2026-12-29", "yearly": True},
        {"name": "Guardia", "from": "2026-12-25", "hours": [["10:00", "14:00"]]},
    ]
    row = keep(MADRID | {"days": days})
    assert day_of(row, "2028-12-29").name == "Inventario"
    assert day_of(row, "2026-12-25").why == "special"
    assert day_of(row, "2027-12-25").why == "holiday"


def test_other_weeks_come_every_year_if_told():
    summer = {"name": "Verano", "from": "2026-07-01", "to": "2026-08-31", "yearly": True, "hours": {}}
    row = keep(MADRID | {"weeks": [summer]})
    assert day_of(row, "2028-07-03").why == "no_hours"
    assert day_of(row, "2028-09-01").why == "working"


def test_weekend_days_that_make_up_for_a_holiday_are_worked_if_told():
    plan = {"timezone": "Asia/Shanghai", "hours": WEEK, "holidays": ["CN"]}
    assert day_of(keep(plan, name="without"), "2026-10-10").why == "no_hours"
    assert day_of(keep(plan | {"make_up": True}, name="with"), "2026-10-10").why == "special"


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"hours": {}}, "hours", "not one working minute"),
        ({"timezone": "Mars/Base"}, "timezone", "there is no time zone Mars/Base"),
        ({"holidays": ["ES-XX"]}, "holidays", "no public holidays are known for ES-XX"),
        ({"hours": {"mon": [["09:00", "12:00"], ["11:00", "13:00"]]}}, "hours", "one interval begins"),
        ({"days": [{"from": "2026-02-30"}]}, "days", "2026-02-30 is not a day"),
        ({"days": [{"from": "2026-02-03", "to": "2026-02-01"}]}, "days", "ends before it begins"),
        ({"weeks": [{"from": "2026-02-03", "yearly": True, "hours": WEEK}]}, "weeks", "needs an end"),
        (
            {
                "weeks": [
                    {"name": "A", "from": "2026-07-01", "hours": WEEK},
                    {"name": "B", "from": "2026-08-01", "hours": WEEK},
                ]
            },
            "weeks",
            "overlap: A and B",
        ),
        ({"lunch": []}, "calendar", "there is no field lunch"),
    ],
)
def test_a_calendar_that_cannot_be_meant_is_refused_at_its_field(wrong, field, words):
    with pytest.raises(ValidationError) as refused:
        keep(MADRID | wrong)
    assert words.lower() in refused.value.message_dict[field][0].lower()
    assert not Calendar.objects.exists()


def test_two_calendars_never_have_the_same_name():
    keep()
    with pytest.raises(ValidationError, match="this name already"):
        keep(name="MADRID")


def test_the_version_grows_when_what_is_worked_changes_and_only_then():
    row = keep()
    row = actions.keep_calendar(calendar=row, name="Madrid support", by=None, now=NOW)
    assert row.version == 1
    row = actions.keep_calendar(calendar=row, plan=MADRID | {"hours": "24x7"}, by=None, now=NOW)
    assert row.version == 2
    told = Event.objects.filter(verb="calendar.changed").order_by("pk").values_list("data", flat=True)
    assert [(one["version"], one["fields"]) for one in told] == [
        (1, ["name", "plan"]),
        (1, ["name"]),
        (2, ["plan"]),
    ]


def test_working_time_is_kept_by_content_and_asks_the_database_once(django_assert_num_queries):
    keep()
    row = queries.default_calendar()
    queries._kept.clear()
    with django_assert_num_queries(1):
        first = queries.working_time_of(row)
    with django_assert_num_queries(0):
        assert queries.working_time_of(row) is first
    due = add_working_time(first, datetime(2026, 12, 7, 15, tzinfo=UTC), 2 * 3600)
    assert due == datetime(2026, 12, 9, 10, tzinfo=UTC)  # 7 and 8 December are holidays


def test_a_calendar_is_read_without_the_package_of_holidays(monkeypatch):
    row = keep()
    queries._kept.clear()
    monkeypatch.setitem(sys.modules, "holidays", None)
    calendar = queries.working_time_of(row)
    lines = explain_between(calendar, NOW, datetime(2027, 1, 10, tzinfo=UTC))
    assert "Epifanía del Señor" in {line.name for line in lines}
