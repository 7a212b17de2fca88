"""Answers as figures, each scale by its own rule. No database."""

from collections import Counter
from dataclasses import dataclass, field

from ombud.lib.scores import Estimate, mean, nps, wilson

from .scales import DETRACTORS_TO, PROMOTERS_FROM, SCALES

ENOUGH = 10  # answers; a score of fewer says more about chance than about us


@dataclass(frozen=True)
class Figures:
    """What some answers of one scale say: `head` is the score by its definition, `beside` the other one.

    Both are None below ENOUGH answers. Shares are in percent. `shares` are {promoters, passives, detractors}
    of a net promoter score.
    """

    kind: str
    n: int
    counts: dict = field(default_factory=dict)
    head: Estimate | None = None
    beside: Estimate | None = None
    shares: dict = field(default_factory=dict)

    @property
    def is_enough(self):
        """Whether there are enough answers for a score."""
        return self.head is not None


def figures(kind, scores, enough=ENOUGH):
    """The figures of some scores of one kind."""
    scale, counts = SCALES[kind], Counter(scores)
    by_score = {number: counts.get(number, 0) for number in scale.numbers}
    n = len(scores)
    if n < enough:
        return Figures(kind, n, by_score)
    if kind == "nps":
        kinds = nps_kinds(scores)
        shares = {name: round(100 * many / n) for name, many in kinds.items()}
        return Figures(kind, n, by_score, head=nps(*kinds.values()), shares=shares)
    fine = percent(wilson(sum(score >= scale.fine for score in scores), n))
    middle = mean(scores, scale.lowest, scale.highest)
    head, beside = (fine, middle) if kind == "csat" else (middle, fine)
    return Figures(kind, n, by_score, head=head, beside=beside)


def nps_kinds(scores):
    """How many of each kind a net promoter score knows."""
    promoters = sum(score >= PROMOTERS_FROM for score in scores)
    detractors = sum(score <= DETRACTORS_TO for score in scores)
    return {
        "promoters": promoters,
        "passives": len(scores) - promoters - detractors,
        "detractors": detractors,
    }


def percent(share):
    """A share as an estimate in percent."""
    return Estimate(100 * share.value, 100 * share.low, 100 * share.high, share.n)
