"""Scores with their uncertainty: shares, means, the net promoter score. No database, no Django.

All intervals are at 95 %. Where everybody answered the same, a mean has no interval that could be estimated
from the answers, and says None; a share (Wilson) always has one.
"""

import math
from dataclasses import dataclass

Z = 1.959963984540054  # the normal distribution's 97.5th percentile
NORMAL_FROM = 200  # degrees of freedom from which Student's t is as good as normal to two decimals


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % interval [low, high] (None when it cannot be estimated) and its n."""

    value: float
    low: float | None
    high: float | None
    n: int


def wilson(hits, n):
    """A share of n with Wilson's score interval: honest for few answers, and never beyond 0 and 1."""
    _something(n)
    share, square = hits / n, Z * Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = Z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    return Estimate(share, max(0.0, middle - half), min(1.0, middle + half), n)


def mean(scores, lowest, highest):
    """The mean of scores with Student's t interval, cut off at the ends of the scale."""
    n = len(scores)
    _something(n)
    value = math.fsum(scores) / n
    spread = math.fsum((score - value) ** 2 for score in scores)
    if n < 2 or spread == 0:
        return Estimate(value, None, None, n)
    half = student(n - 1) * math.sqrt(spread / (n - 1) / n)
    return Estimate(value, max(lowest, value - half), min(highest, value + half), n)


def nps(promoters, passives, detractors):
    """The net promoter score from −100 to 100: the share of promoters less the share of detractors.

    Its interval comes from the variance of a trinomial, p + d − (p − d)². When all are of one kind that
    variance is nought, which says too much; then the interval is what Wilson's says of the others.
    """
    n = promoters + passives + detractors
    _something(n)
    p, d = promoters / n, detractors / n
    value = p - d
    variance = p + d - value * value
    if variance <= 1e-12:
        return _all_of_one_kind(value, n)
    half = Z * math.sqrt(variance / n)
    return Estimate(100 * value, 100 * max(-1.0, value - half), 100 * min(1.0, value + half), n)


def _all_of_one_kind(value, n):
    others = 1 - wilson(n, n).low  # at most so many of all might be of another kind
    if value > 0:
        return Estimate(100.0, 100 * (1 - 2 * others), 100.0, n)
    if value < 0:
        return Estimate(-100.0, -100.0, -100 * (1 - 2 * others), n)
    return Estimate(0.0, -100 * others, 100 * others, n)


def student(freedom):
    """The 97.5th percentile of Student's t: 12.706 for one degree of freedom, 2.262 for nine."""
    if freedom > NORMAL_FROM:
        return Z
    low, high = 0.0, 13.0
    for _step in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < 0.95 else (low, middle)
    return high


def _within(t, freedom):
    """How probable it is that |T| is less than t: Abramowitz and Stegun 26.7.3 and 26.7.4."""
    angle = math.atan(t / math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    if freedom % 2:
        term, total = cosine, 0.0
        for step in range(1, freedom - 1, 2):
            total += term
            term *= cosine * cosine * (step + 1) / (step + 2)
        return 2 / math.pi * (angle + sine * total)
    term, total = 1.0, 0.0
    for step in range(0, freedom, 2):
        total += term
        term *= cosine * cosine * (step + 1) / (step + 2)
    return sine * total


def _something(n):
    if n < 1:
        raise ValueError("nothing can be said of no answers")
