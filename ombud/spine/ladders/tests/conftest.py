"""A desk where a broken promise is climbed: who holds it, then the lead, then the head of support."""

import pytest

from ombud.spine.ladders import actions
from ombud.spine.sla import actions as sla

PLAN = {
    "starts": [{"on": "broken"}, {"on": "by_hand"}],
    "rungs": [
        {"whom": {"kind": "holder"}, "after": 0, "by": ["product", "mail"]},
        {
            "whom": {"kind": "role", "of": "lead"},
            "after": 900,
            "by": ["product", "mail"],
            "repeat": 300,
            "times": 2,
        },
        {"whom": {"kind": "role", "of": "head"}, "after": 1800, "by": ["mail"], "repeat": 600},
    ],
    "patience": {"p3": {"seconds": 1800}},
}


@pytest.fixture
def hours(cast):
    """An hour for a first reply to everybody, around the clock."""
    terms = {"targets": {"p3": {"first_reply": {"seconds": 3600}}}}
    return sla.keep_policy(name="Hours", conditions={}, terms=terms, by=None, now=cast.now)


@pytest.fixture
def ladder(cast, hours):
    """It is switched on."""
    people = [cast.ada, cast.ines, cast.noor]
    ladder = actions.keep_ladder(name="Broken", draft=PLAN, by=None, now=cast.now)
    actions.publish(ladder, by=None, now=cast.now)
    assert people
    return ladder
