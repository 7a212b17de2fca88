"""Writing down what happened, and who hears of it."""

import pytest
from django.db import transaction

from ombud.foundation.events import log
from ombud.foundation.events.log import CATALOGUE, Verb
from ombud.foundation.events.models import Case, Delivery, Event
from ombud.foundation.events.tray import ATTEMPTS, retry_dead, work_tray


@pytest.fixture
def verb():
    verb = Verb("test.happened", "Something for a test.", ("what",))
    yield verb
    del CATALOGUE["test.happened"]
    log._reactions.pop("test.happened", None)
    log._followers.pop("test.happened", None)


@pytest.fixture
def case(db):
    return Case.objects.create(kind="ticket")


def test_an_event_carries_exactly_what_its_verb_declares(verb, case, cast):
    with pytest.raises(TypeError):
        verb.record(case=case, now=cast.now, what=1, more=2)
    with pytest.raises(TypeError):
        verb.record(case=case, now=cast.now)


def test_a_verb_is_declared_once(verb):
    with pytest.raises(ValueError, match="twice"):
        Verb("test.happened", "Again.")


def test_a_reaction_that_fails_undoes_the_event(verb, case, cast):
    @verb.reaction
    def refuse(event):
        raise ValueError("no")

    before = Event.objects.count()
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        verb.record(case=case, now=cast.now, what=1)
    assert Event.objects.count() == before


def test_a_batch_reaction_gets_what_was_recorded_together(verb, case, cast):
    batches = []
    verb.batch_reaction(lambda events: batches.append([event.data["what"] for event in events]))
    verb.record_many([(case, {"what": 1}), (case, {"what": 2})], now=cast.now)
    verb.record(case=case, now=cast.now, what=3)
    assert batches == [[1, 2], [3]]


def test_a_follower_hears_of_it_later_and_once(verb, case, cast):
    heard = []
    verb.follower(lambda event: heard.append(event.data["what"]))
    verb.record(case=case, now=cast.now, what=7)
    assert heard == []
    while work_tray(cast.now):
        pass
    assert heard == [7]


def test_a_batch_follower_gets_many_at_once(verb, case, cast):
    batches = []
    verb.batch_follower(batches.append)
    verb.record_many([(case, {"what": n}) for n in range(5)], now=cast.now)
    while work_tray(cast.now):
        pass
    assert [[event.data["what"] for event in batch] for batch in batches] == [[0, 1, 2, 3, 4]]


def test_a_follower_that_fails_is_tried_again_and_at_last_put_aside(verb, case, cast):
    tries = []

    @verb.follower
    def fail(event):
        tries.append(event.pk)
        raise OSError("the disk is on fire")

    verb.record(case=case, now=cast.now, what=1)
    for _ in range(ATTEMPTS + 3):
        work_tray(cast.later(hours=3))
    dead = Delivery.objects.get()
    assert (len(tries), dead.due_at) == (ATTEMPTS, None)
    assert "on fire" in dead.error
    assert retry_dead(cast.now) == 1


def test_one_bad_event_does_not_hold_up_its_batch(verb, case, cast):
    done = []

    @verb.batch_follower
    def picky(happened):
        if any(event.data["what"] == 2 for event in happened):
            raise ValueError("not two")
        done.extend(event.data["what"] for event in happened)

    verb.record_many([(case, {"what": n}) for n in range(4)], now=cast.now)
    work_tray(cast.now)
    assert done == [0, 1, 3]
