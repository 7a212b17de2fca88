"""Examples worked out by hand, with a calendar on the wall."""

from datetime import UTC, datetime, timedelta

from ombud.lib.working_time import (
    add_working_time,
    explain_due,
    is_open,
    next_closing,
    next_opening,
    read_calendar,
    working_time_between,
)

HOUR = 3600
NIGHTS = {day: [["22:00", "06:00"]] for day in ("fri", "sat", "sun")}


def calendar(zone, *hours, days="mon tue wed thu fri", **more):
    week = more.pop("week", None) or {day: list(hours) for day in days.split()}
    return read_calendar({"timezone": zone, "hours": week} | more)


def at(text, calendar):
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=calendar.zone)


def due(calendar, start, hours):
    found = add_working_time(calendar, at(start, calendar), hours * HOUR)
    return found.astimezone(calendar.zone).isoformat(timespec="minutes")


def hours_between(calendar, start, end):
    return working_time_between(calendar, at(start, calendar), at(end, calendar)) / timedelta(hours=1)


MADRID = calendar("Europe/Madrid", ["09:00", "12:00"], ["13:00", "17:30"])


def test_madrid_lunch_and_the_weekend_of_summer_time_do_not_count():
    assert due(MADRID, "2026-03-27T11:00", 2) == "2026-03-27T14:00+01:00"
    assert due(MADRID, "2026-03-27T17:00", 1) == "2026-03-30T09:30+02:00"


def test_what_runs_out_at_closing_is_due_at_that_closing():
    assert due(MADRID, "2026-03-27T16:30", 1) == "2026-03-27T17:30+01:00"
    assert due(MADRID, "2026-03-27T11:00", 1) == "2026-03-27T12:00+01:00"


def test_adding_nothing_returns_the_start_even_at_night():
    assert due(MADRID, "2026-03-28T03:00", 0) == "2026-03-28T03:00+01:00"


def test_madrid_night_shifts_are_an_hour_shorter_in_spring_and_longer_in_autumn():
    nights = calendar("Europe/Madrid", week=NIGHTS)
    assert hours_between(nights, "2026-03-21T12:00", "2026-03-22T12:00") == 8
    assert hours_between(nights, "2026-03-28T12:00", "2026-03-29T12:00") == 7
    assert hours_between(nights, "2026-10-24T12:00", "2026-10-25T12:00") == 9
    assert due(nights, "2026-10-24T22:00", 9) == "2026-10-25T06:00+01:00"


def test_a_time_that_comes_twice_is_the_first_and_one_that_never_comes_is_the_jump():
    early = calendar("Europe/Madrid", ["02:30", "10:00"], days="sun")
    assert hours_between(early, "2026-10-25T00:00", "2026-10-25T12:00") == 8.5
    assert hours_between(early, "2026-03-29T00:00", "2026-03-29T12:00") == 7
    opening = next_opening(early, at("2026-03-29T00:00", early))
    assert opening.astimezone(UTC) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_new_york_keeps_independence_day_on_the_friday_before():
    office = calendar("America/New_York", ["09:00", "17:00"], holidays=["US"])
    assert due(office, "2026-07-02T16:00", 2) == "2026-07-06T10:00-04:00"


def test_new_york_round_the_clock_is_by_the_hours_that_pass():
    always = read_calendar({"timezone": "America/New_York", "hours": "24x7"})
    assert due(always, "2026-10-31T12:00", 24) == "2026-11-01T11:00-05:00"
    assert due(always, "2026-03-07T12:00", 24) == "2026-03-08T13:00-04:00"
    assert next_closing(always, at("2026-03-07T12:00", always)) is None


def test_shanghai_works_the_saturday_that_makes_up_for_the_spring_festival():
    special = {"2026-02-14": {"hours": [["09:00", "18:00"]], "name": "调休"}}
    office = calendar("Asia/Shanghai", ["09:00", "18:00"], holidays=["CN"], special=special)
    assert due(office, "2026-02-13T17:00", 2) == "2026-02-14T10:00+08:00"
    assert due(office, "2026-02-14T17:00", 2) == "2026-02-24T10:00+08:00"


def test_kolkata_is_half_an_hour_off_and_keeps_republic_day():
    office = calendar("Asia/Kolkata", ["09:30", "18:30"], days="mon tue wed thu fri sat", holidays=["IN"])
    assert due(office, "2026-01-24T12:30:00+00:00", 1) == "2026-01-27T10:00+05:30"


def test_lord_howe_moves_its_clock_by_half_an_hour():
    nights = calendar("Australia/Lord_Howe", week=NIGHTS)
    assert hours_between(nights, "2026-04-04T12:00", "2026-04-05T12:00") == 8.5
    assert hours_between(nights, "2026-10-03T12:00", "2026-10-04T12:00") == 7.5
    early = calendar("Australia/Lord_Howe", ["02:15", "04:30"], days="sun")
    assert hours_between(early, "2026-10-04T00:00", "2026-10-04T12:00") == 2


def test_apia_had_no_friday_before_new_year_2012():
    hours = {"special": {"2011-12-30": [["00:00", "48:00"]]}}
    for more in ({}, hours, {"closed": ["2011-12-30"]}):
        office = calendar("Pacific/Apia", ["09:00", "17:00"], **more)
        if more is hours:  # of two days' opening only the second day's half was ever on a clock
            assert hours_between(office, "2011-12-29T17:00", "2012-01-02T09:00") == 24
        else:
            assert due(office, "2011-12-29T16:00", 2) == "2012-01-02T10:00+14:00"
    always = read_calendar({"timezone": "Pacific/Apia", "hours": "24x7"})
    assert due(always, "2011-12-29T23:00", 2) == "2011-12-31T01:00+14:00"


def test_a_closed_day_cuts_the_night_that_spills_into_it_and_cancels_its_own():
    nights = calendar("Europe/Madrid", week=NIGHTS, closed=["2026-06-06"])
    assert hours_between(nights, "2026-06-05T12:00", "2026-06-06T12:00") == 2
    assert hours_between(nights, "2026-06-06T12:00", "2026-06-07T12:00") == 0


def test_a_special_day_beats_closed_and_lets_the_night_before_run_out():
    nights = calendar(
        "Europe/Madrid", week=NIGHTS, closed=["2026-06-06"], special={"2026-06-06": [["10:00", "11:00"]]}
    )
    assert hours_between(nights, "2026-06-05T12:00", "2026-06-06T12:00") == 9
    assert hours_between(nights, "2026-06-06T12:00", "2026-06-07T12:00") == 0


def test_intervals_may_end_at_48_and_overlap_the_next_day_without_counting_twice():
    long = calendar("Asia/Shanghai", week={"mon": [["20:00", "48:00"]], "tue": [["09:00", "17:00"]]})
    assert hours_between(long, "2026-06-01T00:00", "2026-06-04T00:00") == 28


def test_a_different_week_holds_from_its_first_to_its_last_day():
    summer = {"from": "2026-07-01", "to": "2026-07-31", "hours": {"fri": [["08:00", "10:00"]]}}
    office = calendar("Europe/Madrid", ["09:00", "17:00"], weeks=[summer])
    assert hours_between(office, "2026-06-29T00:00", "2026-07-06T00:00") == 2 * 8 + 2
    assert hours_between(office, "2026-07-27T00:00", "2026-08-04T00:00") == 2 + 8


def test_it_is_exact_below_the_second():
    start = datetime(2026, 3, 27, 16, 29, 59, 999_999, tzinfo=UTC)
    assert add_working_time(MADRID, start, 0.000_001) == datetime(2026, 3, 27, 16, 30, tzinfo=UTC)
    assert add_working_time(MADRID, start, 1) == datetime(2026, 3, 30, 7, 0, 0, 999_999, tzinfo=UTC)


def test_an_opening_is_open_and_a_closing_is_not():
    assert is_open(MADRID, at("2026-03-27T09:00", MADRID))
    assert not is_open(MADRID, at("2026-03-27T12:00", MADRID))
    opening = next_opening(MADRID, at("2026-03-27T12:00", MADRID))
    assert opening == at("2026-03-27T13:00", MADRID)
    assert next_closing(MADRID, opening) == at("2026-03-27T17:30", MADRID)


def test_each_line_says_why():
    office = calendar(
        "Europe/Madrid",
        ["09:00", "12:00"],
        ["13:00", "17:30"],
        special={"2026-12-24": {"hours": [["09:00", "12:00"]], "name": "Christmas Eve"}},
        holidays=["ES-MD"],
        closed={"2026-12-28": "Stocktaking"},
    )
    found, lines = explain_due(office, at("2026-12-24T11:30", office), 12 * HOUR)
    assert found == at("2026-12-30T14:00", office)
    assert [f"{'+' if line.counted else '-'} {line.words}" for line in lines] == [
        "+ special day: Christmas Eve",
        "- special day: Christmas Eve",
        "- public holiday: Christmas Day",
        "- no hours on this weekday",
        "- closed: Stocktaking",
        "- night",
        "+ working hours",
        "- lunch or another break",
        "+ working hours",
        "- night",
        "+ working hours",
        "- lunch or another break",
        "+ working hours",
    ]
