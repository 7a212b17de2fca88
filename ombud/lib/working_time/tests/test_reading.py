"""What a calendar may say, and the sentence when it says something else."""

from datetime import UTC, datetime
from importlib import import_module

import pytest

from ombud.lib.working_time import NoWorkingTime, Refused, check, public, read_calendar
from ombud.lib.working_time.public import countries

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
GOOD = {"timezone": "Europe/Madrid", "hours": {"mon": [["09:00", "17:00"]]}}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"timezone": "Europe/Atlantis"}, "timezone: there is no time zone Europe/Atlantis"),
        ({"timezone": "Europe"}, "timezone: there is no time zone Europe"),
        ({"timezone": "../etc/passwd"}, "timezone: there is no time zone ../etc/passwd"),
        ({"timezone": None}, "timezone: a time zone is needed"),
        ({"hours": {"mon": [["09:00", "25:61"]]}}, "hours.mon[0]: 25:61 is not a time"),
        ({"hours": {"mon": [["09:00", "48:01"]]}}, "hours.mon[0]: 48:01 is not a time"),
        ({"hours": {"mon": [["09:00", 17]]}}, "hours.mon[0]: 17 is not a time"),
        ({"hours": {"mon": [["09:00"]]}}, "hours.mon[0]: an interval is an opening and a closing"),
        ({"hours": {"mon": [["09:00", "09:00"]]}}, "hours.mon[0]: it ends when it begins"),
        ({"hours": {"mon": [["30:00", "26:00"]]}}, "hours.mon[0]: it ends before it begins"),
        (
            {"hours": {"mon": [["09:00", "12:00"], ["11:00", "17:00"]]}},
            "hours.mon: one interval begins at 11:00",
        ),
        (
            {"hours": {"mon": [["22:00", "06:00"], ["23:00", "24:00"]]}},
            "hours.mon: one interval begins at 23:00",
        ),
        ({"hours": {"monday": []}}, "hours: there is no field monday; there are mon, tue"),
        ({"hours": "9 to 5"}, "hours: an object is needed"),
        ({"closed": ["25/12/2026"]}, "closed: 25/12/2026 is not a day"),
        ({"closed": "2026-12-25"}, "closed: a list of days is needed"),
        ({"special": {"2026-12-24": "short"}}, "special.2026-12-24: a list of intervals is needed"),
        ({"special": {"Xmas": []}}, "special: Xmas is not a day"),
        ({"holidays": ["XX"]}, "holidays: no public holidays are known for XX"),
        ({"holidays": ["utils"]}, "holidays: no public holidays are known for utils"),
        ({"holidays": ["ES-ZZ"]}, "holidays: no public holidays are known for ES-ZZ"),
        ({"holidays": "ES"}, "holidays: a list is needed"),
        ({"weeks": [{"from": "2026-07-31", "to": "2026-07-01", "hours": {}}]}, "weeks[0]: it ends before"),
        ({"weeks": [{"from": "2026-07-01", "hours": {}, "until": 3}]}, "weeks[0]: there is no field until"),
        (
            {
                "weeks": [
                    {"from": "2026-07-01", "hours": {}},
                    {"from": "2026-08-01", "to": "2026-08-02", "hours": {}},
                ]
            },
            "weeks[1]: it begins before weeks[0] has ended",
        ),
        ({"holiday": []}, "calendar: there is no field holiday"),
    ],
)
def test_a_calendar_that_cannot_be_meant_is_refused_by_field(wrong, said):
    with pytest.raises(Refused) as refused:
        read_calendar(GOOD | wrong)
    assert str(refused.value).startswith(said)


def test_intervals_come_in_any_order_and_may_touch():
    turned = read_calendar(GOOD | {"hours": {"mon": [["13:00", "17:00"], ["9:00", "13:00:00"]]}})
    assert turned.hours[0] == ((9 * 3600, 13 * 3600), (13 * 3600, 17 * 3600))


def test_calendars_that_say_the_same_are_equal_and_can_be_keys():
    one, other = (
        read_calendar(GOOD),
        read_calendar(GOOD | {"hours": {"mon": [["09:00", "17:00"]], "tue": []}}),
    )
    assert one == other and {one: 1}[other] == 1


def test_a_calendar_without_a_working_minute_in_the_next_year_is_refused():
    never = GOOD | {"hours": {}}
    with pytest.raises(NoWorkingTime, match="not one working minute in the next year"):
        check(read_calendar(never), NOW)
    check(read_calendar(never | {"special": {"2027-01-01": [["09:00", "09:01"]]}}), NOW)
    with pytest.raises(NoWorkingTime):
        check(read_calendar(never | {"special": {"2028-01-01": [["09:00", "17:00"]]}}), NOW)


def test_without_the_package_a_calendar_with_public_holidays_says_what_is_missing(monkeypatch):
    def missing(name):
        if name == "holidays":
            raise ImportError(name)
        return import_module(name)

    monkeypatch.setattr(public, "import_module", missing)
    public.public_holidays.cache_clear()
    with pytest.raises(Refused, match="need the Python package holidays"):
        read_calendar(GOOD | {"holidays": ["ES"]})
    assert read_calendar(GOOD)


def test_countries_and_their_regions_can_be_offered():
    assert "MD" in countries()["ES"]
