"""Pictures of working time, and their words."""

from datetime import UTC, date, datetime

from django.utils.translation import override

from ombud.foundation.clock import drawn, words
from ombud.lib.working_time import explain_due, read_calendar

WEEK = {day: [["09:00", "12:00"], ["13:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
MADRID = read_calendar(
    {
        "timezone": "Europe/Madrid",
        "hours": WEEK | {"sat": [["22:00", "06:00"]]},
        "holidays": {"2026-12-08": "Inmaculada Concepción"},
        "special": {"2026-12-24": {"hours": [["09:00", "12:00"]], "name": "Nochebuena"}},
        "closed": {"2026-12-28": "Inventario"},
    }
)


def test_a_day_is_drawn_with_what_is_spent_of_it():
    start = datetime(2026, 11, 19, 10, tzinfo=UTC)
    due, _lines = explain_due(MADRID, start, 3 * 3600)
    (line,) = drawn.week(MADRID, date(2026, 11, 19), 1, date(2026, 11, 19), start, due)
    assert line["open"] == [(37.5, 50.0), (54.167, 70.833)]
    assert line["spent"] == [(45.833, 50.0, "1 h"), (54.167, 62.5, "2 h")]
    assert (line["arrives"], line["due"], line["total"]) == (45.833, 62.5, "7 h")


def test_a_night_is_drawn_on_both_of_its_days():
    saturday, sunday = drawn.week(MADRID, date(2026, 11, 21), 2, date(2026, 11, 19))
    assert saturday["open"] == [(91.667, 100.0)]
    assert sunday["open"] == [(0.0, 25.0)]


def test_the_hour_that_comes_twice_is_counted_and_the_night_ends_where_the_clock_says():
    (sunday,) = drawn.week(MADRID, date(2026, 10, 25), 1, date(2026, 11, 19))
    assert sunday["open"] == [(0.0, 25.0)]
    assert sunday["total"] == "7 h"


def test_the_year_names_the_days_that_differ():
    year = drawn.year(MADRID, date(2026, 11, 19))
    assert [one["kind"] for one in year["differ"]] == ["holiday", "special", "closed"]
    assert [one["hours"] for one in year["differ"]] == ["", "9:00–12:00", ""]
    assert "1 public holiday · 1 closed day · 1 day with hours of its own" in year["label"]
    assert "28 March 2027" in year["label"]
    assert sum(one["clock"] for one in year["squares"]) == 2


def test_pictures_speak_the_language_of_each_reader():
    said = {}
    for language in ("zh-hans", "es", "fr", "en"):
        with override(language):
            said[language] = (drawn.year(MADRID, date(2026, 11, 19))["months"][1][1], words.weekdays()[0])
    assert said == {
        "zh-hans": ("12月", "周一"),
        "es": ("dic", "lun"),
        "fr": ("déc.", "lun."),
        "en": ("Dec", "Mon"),
    }
