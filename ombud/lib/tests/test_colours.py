"""Whatever colour a company has, its customers can read what is written in it."""

import pytest

from ombud.lib.colours import DAY, NIGHT, READABLE, accents, contrast, oklch

STEPS = ("00", "55", "aa", "ff")
ALL_ROUND = [f"#{red}{green}{blue}" for red in STEPS for green in STEPS for blue in STEPS]


@pytest.mark.parametrize("colour", ALL_ROUND)
def test_every_colour_can_be_read_by_day_and_by_night(colour):
    for accent, papers in zip(accents(colour), (DAY, NIGHT), strict=True):
        for paper in (*papers, accent.wash):
            assert contrast(accent.colour, paper) >= READABLE, (colour, accent, paper)
        assert contrast(accent.ink, accent.colour) >= READABLE, (colour, accent)


def test_a_colour_that_can_be_read_already_stays_what_it_is():
    assert accents("#1d5946")[0].colour == "#1d5946"


def test_the_hue_stays_the_companys_own():
    hue = oklch("#ff8800")[2]
    for accent in accents("#ff8800"):
        assert abs(oklch(accent.colour)[2] - hue) < 8
