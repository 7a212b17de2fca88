"""A ladder that could leave somebody between the rungs is not switched on (P3)."""

import copy
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from ombud.foundation.people import actions as people
from ombud.spine.ladders import actions, queries

from .conftest import PLAN


def draft(**changes):
    return copy.deepcopy(PLAN) | changes


def refused(cast, plan):
    ladder = actions.keep_ladder(name="Draft", draft=plan, by=None, now=cast.now)
    with pytest.raises(ValidationError) as refusal:
        actions.publish(ladder, by=None, now=cast.now)
    return " ".join(refusal.value.messages)


def test_without_a_rung(cast):
    assert "no rungs" in refused(cast, draft(rungs=[]))


def test_without_a_beginning(cast):
    assert cast.ines and cast.noor
    assert "begins at nothing" in refused(cast, draft(starts=[]))


def test_with_nobody_behind_a_rung(cast):
    assert "Rung 2: Nobody stands there" in refused(cast, draft())


def test_with_only_people_on_leave(cast):
    assert cast.noor
    people.plan_absence(
        person=cast.ines, starts_at=cast.now, ends_at=cast.now + timedelta(days=20), by=None, now=cast.now
    )
    assert "on leave" in refused(cast, draft())


def test_with_a_top_that_may_be_empty(cast):
    rungs = [PLAN["rungs"][0]]
    assert "is the last and depends" in refused(cast, draft(rungs=rungs))


def test_with_a_loop(cast):
    assert cast.noor
    top = PLAN["rungs"][2]
    assert "loop" in refused(cast, draft(rungs=[PLAN["rungs"][0], top, top]))


def test_a_good_one_is_switched_on(cast, ladder):
    assert [one.pk for one in queries.ladders()] == [ladder.pk]


def test_nonsense_is_refused_when_it_is_written(cast):
    rungs = [{"whom": {"kind": "parrot"}, "by": ["mail"]}]
    with pytest.raises(ValidationError) as refusal:
        actions.keep_ladder(name="Draft", draft=draft(rungs=rungs), by=None, now=cast.now)
    assert "rungs" in refusal.value.message_dict
