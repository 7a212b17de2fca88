"""How it is going for the customer, as they say it: the last score, and those before it as a line."""

from dataclasses import dataclass

from ombud.spine.escalations.models import Pulse

SHOWN = 12  # scores of the line
WIDE, HIGH = 96, 24  # the drawing's own units
BEST = 10


@dataclass(frozen=True)
class Shown:
    """`points`: the line through the last scores, for an SVG of 96 by 24; empty for a single one."""

    last: object
    scores: list
    points: str
    end: tuple

    @property
    def is_bad(self):
        return self.last.is_bad


def of_escalation(escalation):
    """All that was said, the oldest first: one question."""
    return list(escalation.pulses.select_related("customer"))


def of(pulses):
    """What the page shows; None when nothing was said."""
    if not pulses:
        return None
    scores = [one.score for one in pulses[-SHOWN:]]
    places = _places(scores)
    points = " ".join(f"{x:g},{y:g}" for x, y in places) if len(places) > 1 else ""
    return Shown(pulses[-1], scores, points, places[-1])


def _places(scores):
    step = WIDE / max(len(scores) - 1, 1)
    return [(round(at * step, 1), _height(score)) for at, score in enumerate(scores)]


def _height(score):
    """1 stands near the bottom, 10 near the top."""
    return round(HIGH - 2 - (score - 1) / (BEST - 1) * (HIGH - 4), 1)


def among(escalations):
    """{escalation id: what its card shows}: one question for all of them."""
    found = {}
    rows = Pulse.objects.filter(escalation__in=[one.pk for one in escalations])
    for one in rows.only("escalation_id", "score", "said_at"):
        found.setdefault(one.escalation_id, []).append(one)
    return {pk: of(pulses) for pk, pulses in found.items()}
