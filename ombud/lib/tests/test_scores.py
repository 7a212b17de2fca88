"""Scores against worked examples."""

import pytest

from ombud.lib.scores import mean, nps, student, wilson


def rounded(estimate, places=2):
    ends = (estimate.low, estimate.high)
    return round(estimate.value, places), *(None if end is None else round(end, places) for end in ends)


def test_nps_against_a_worked_example():
    # 50 promoters, 30 passives, 20 detractors of 100: 50 - 20 = 30.
    # Variance 0.5 + 0.2 - 0.3² = 0.61; standard error √(0.61 / 100) = 0.078102; 1.96 × it = 0.153078.
    assert rounded(nps(50, 30, 20)) == (30.0, 14.69, 45.31)


def test_nps_of_few_answers_is_wide_and_stays_on_its_scale():
    # 9 promoters, 1 detractor: 80. Variance 1 - 0.64 = 0.36; error √0.036 = 0.189737; 1.96 × it 0.371877.
    assert rounded(nps(9, 0, 1)) == (80.0, 42.81, 100.0)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        # Wilson for 10 of 10: 10 / (10 + 1.96²) = 0.72247, so at most 0.27753 are of another kind.
        ((10, 0, 0), (100.0, 44.49, 100.0)),  # 1 - 2 × 0.27753
        ((0, 0, 10), (-100.0, -100.0, -44.49)),
        ((0, 10, 0), (0.0, -27.75, 27.75)),
    ],
)
def test_nps_does_not_claim_certainty_when_all_are_of_one_kind(kinds, expected):
    assert rounded(nps(*kinds)) == expected


def test_wilson_against_a_worked_example():
    # 8 of 10, z² = 3.841459: middle (0.8 + 0.1920729) / 1.3841459 = 0.716740;
    # half 1.959964 / 1.3841459 × √(0.016 + 0.00960365) = 1.416009 × 0.160011 = 0.226577.
    assert rounded(wilson(8, 10), 4) == (0.8, 0.4902, 0.9433)
    assert rounded(wilson(0, 10), 4) == (0.0, 0.0, 0.2775)
    assert rounded(wilson(10, 10), 4) == (1.0, 0.7225, 1.0)


def test_a_mean_against_a_worked_example():
    # 6 7 8 9 10: mean 8, variance 10 / 4 = 2.5, error √(2.5 / 5) = 0.707107, t of 4 is 2.776445: ± 1.963243.
    assert rounded(mean([6, 7, 8, 9, 10], 1, 10)) == (8.0, 6.04, 9.96)


def test_a_mean_never_leaves_its_scale():
    # 7 7 7 1: mean 5.5, variance 27 / 3 = 9, error 1.5, t of 3 is 3.182446: ± 4.77, cut off at 1 and 7.
    assert rounded(mean([7, 7, 7, 1], 1, 7)) == (5.5, 1.0, 7.0)


def test_a_mean_of_equal_answers_has_no_interval():
    assert rounded(mean([7] * 12, 1, 7)) == (7.0, None, None)
    assert rounded(mean([7], 1, 7)) == (7.0, None, None)


@pytest.mark.parametrize(
    ("freedom", "value"),
    [(1, 12.706), (2, 4.303), (4, 2.776), (9, 2.262), (29, 2.045), (100, 1.984), (500, 1.96)],
)
def test_students_t_is_what_every_table_says(freedom, value):
    assert round(student(freedom), 3) == value


def test_nothing_is_said_of_no_answers():
    for ask in (lambda: nps(0, 0, 0), lambda: wilson(0, 0), lambda: mean([], 1, 7)):
        with pytest.raises(ValueError, match="no answers"):
            ask()
