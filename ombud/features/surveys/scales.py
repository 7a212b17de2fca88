"""The three scales. No score is ever counted together with one of another scale."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Scale:
    """From `lowest` to `highest`; a higher number is always better. `fine` and above is a good answer.

    `bad` is what is taken for a bad answer unless somebody says otherwise.
    """

    lowest: int
    highest: int
    fine: int
    bad: int
    definition: str

    @property
    def numbers(self):
        """Every score that can be given, the lowest first."""
        return range(self.lowest, self.highest + 1)

    @property
    def size(self):
        """How many there are to choose from."""
        return self.highest - self.lowest + 1


SCALES = {
    "csat": Scale(
        1,
        10,
        fine=9,
        bad=4,
        definition=_(
            "Share of answers of 9 or 10 on a scale from 1 to 10, with Wilson’s 95 % interval; beside it the "
            "mean, with Student’s t interval."
        ),
    ),
    "nps": Scale(
        0,
        10,
        fine=9,
        bad=6,
        definition=_(
            "Promoters (9 and 10) in percent of all answers less detractors (0 to 6) in percent: from −100 "
            "to 100. The 95 % interval comes from the variance of the three shares."
        ),
    ),
    "ces": Scale(
        1,
        7,
        fine=5,
        bad=3,
        definition=_(
            "Mean of a scale from 1 (very hard) to 7 (very easy), with Student’s t 95 % interval; beside it "
            "the share of 5, 6 and 7, with Wilson’s interval."
        ),
    ),
}
PROMOTERS_FROM = 9
DETRACTORS_TO = 6
