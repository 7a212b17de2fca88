"""Promised time as people write it, in four languages."""

import pytest
from django.utils import translation

from ombud.lib.working_time import read_calendar
from ombud.spine.sla.durations import (
    AROUND_THE_CLOCK,
    Lengths,
    NotUnderstood,
    is_in_days,
    lengths_of,
    read,
    words,
)

HOUR = 3600
WORKING = Lengths(day=8 * HOUR, week=40 * HOUR)


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("30 min", 0.5),
        ("4h30", 4.5),
        ("4 h 30", 4.5),
        ("1:30", 1.5),
        ("1,5 h", 1.5),
        ("1 h and 30 min", 1.5),
        ("2 days", 16),
        ("1 d 4 h", 12),
        ("1d4h", 12),
        ("0.5 d", 4),
        ("1 week", 40),
        ("every 2 h", 2),
        ("every day", 8),
        ("2 días", 16),
        ("cada día", 8),
        ("1 hora y 30 minutos", 1.5),
        ("1 semana", 40),
        ("1 jour 4 heures", 12),
        ("tous les jours", 8),
        ("toutes les 2 h", 2),
        ("1 semaine 2 jours", 56),
        ("2天", 16),
        ("1 天 4 小时", 12),
        ("4 小时 30 分", 4.5),
        ("３０分钟", 0.5),
        ("每天", 8),
        ("每2小时", 2),
        ("1 周", 40),
    ],
)
def test_a_duration_is_read_as_people_write_it(written, hours):
    assert read(written, WORKING).seconds(WORKING) == hours * HOUR


@pytest.mark.parametrize("written", ["", " ", "none", "—", "ninguno", "aucun", "无"])
def test_nothing_is_promised_by_nothing(written):
    assert read(written) is None


@pytest.mark.parametrize("written", ["30", "2 d 30", "h", "soon", "4 x", "1 d 2 d", "-2 h", "1 h 2 d"])
def test_what_could_mean_anything_is_not_understood(written):
    with pytest.raises(NotUnderstood):
        read(written)


@pytest.mark.parametrize("language", ["en", "es", "fr", "zh-hans"])
@pytest.mark.parametrize("written", ["30 min", "4 h", "4h30", "72 h", "2 d", "1 d 4 h", "1 w", "1w 2d 1h30"])
def test_what_is_shown_is_read_again_as_the_same(language, written):
    duration = read(written, WORKING)
    with translation.override(language):
        shown = words(duration.seconds(WORKING), duration.canonical, WORKING)
    assert read(shown, WORKING) == duration


def test_hours_stay_hours_and_days_stay_days():
    assert words(8 * HOUR, "480m", WORKING) == "8 h"
    assert words(8 * HOUR, "1d", WORKING) == "1 d"
    assert words(72 * HOUR, "4320m", AROUND_THE_CLOCK) == "72 h"


def test_a_day_that_got_another_length_is_told_in_hours():
    assert words(16 * HOUR, "2d", Lengths(day=7 * HOUR, week=35 * HOUR)) == "16 h"


def test_a_working_day_is_as_long_as_most_days_are():
    calendar = read_calendar(
        {
            "timezone": "Europe/Madrid",
            "hours": {
                **{day: [["08:00", "14:00"], ["15:00", "17:30"]] for day in ("mon", "tue", "wed", "thu")},
                "fri": [["08:00", "14:00"]],
            },
        }
    )
    assert lengths_of(calendar) == Lengths(day=8.5 * HOUR, week=40 * HOUR)


def test_around_the_clock_a_day_has_24_hours():
    assert lengths_of(None) == Lengths(day=24 * HOUR, week=168 * HOUR)
    assert is_in_days("2d") and not is_in_days("120m")
