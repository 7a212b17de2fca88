"""Two who press at the same moment: one has it, the other is told; and a person wins over the clock."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from ombud.foundation.events.models import Event
from ombud.spine.ladders import actions
from ombud.spine.ladders.climbing_due import work_climbs
from ombud.spine.ladders.models import Climb, State, Telling
from ombud.spine.tickets import actions as tickets
from tests.cast import Cast

from .conftest import PLAN

pytestmark = [
    pytest.mark.postgres,  # on SQLite nobody looks while somebody writes
    pytest.mark.django_db(transaction=True),
]
MANY = 6


@pytest.fixture
def climbed():
    """A climb on its first rung, and the people who may have it."""
    cast = Cast()
    assert cast.ines and cast.noor
    ladder = actions.keep_ladder(name="Broken", draft=PLAN, by=None, now=cast.now)
    actions.publish(ladder, by=None, now=cast.now)
    ticket = cast.writes(cast.carla)
    tickets.assign(ticket, cast.ada, by=None, now=cast.now)
    climb = actions.climb_now(ticket, by=cast.ada, now=cast.now)
    return cast, climb


def at_once(count, do):
    """`do(number)` in so many threads that begin together; what each of them answered or raised."""
    gate, answers = threading.Barrier(count), [None] * count

    def run(number):
        try:
            gate.wait(10)
            answers[number] = do(number)
        except Exception as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def test_of_many_who_press_together_one_has_it_and_the_others_are_told(climbed):
    cast, climb = climbed
    people = [cast.ada, cast.ines, cast.noor, cast.emil, cast.lin, cast.greta]
    answers = at_once(MANY, lambda number: actions.acknowledge(climb, by=people[number], now=cast.now))
    late = [answer for answer in answers if isinstance(answer, actions.AlreadyHeld)]
    assert len(late) == MANY - 1, answers
    climb.refresh_from_db()
    assert all(f"{climb.held_by.name} has it since" in error.messages[0] for error in late)
    assert Event.objects.filter(verb="climb.acknowledged").count() == 1


def test_many_clocks_tell_a_rung_once(climbed):
    cast, climb = climbed
    later = cast.now + timedelta(minutes=15)
    at_once(MANY, lambda _number: work_climbs(later))
    climb.refresh_from_db()
    assert climb.rung == 2
    assert Telling.objects.filter(climb=climb, rung=2).count() == 2  # Inés, on the desk and by mail
    assert Event.objects.filter(verb="climb.rung_reached", data__rung=2).count() == 1


def test_many_who_begin_the_same_ladder_begin_it_once(climbed):
    cast, climb = climbed
    ladder, ticket = climb.ladder, cast.writes(cast.carla)
    answers = at_once(MANY, lambda _number: actions.start(ladder, ticket, why="broken", now=cast.now))
    assert sorted(answer is None for answer in answers) == [False] + [True] * (MANY - 1)
    assert Climb.objects.filter(ticket=ticket).count() == 1


def test_who_has_just_pressed_wins_over_the_clock(climbed):
    """Their transaction is open when the next rung falls due; the clock comes by meanwhile."""
    cast, climb = climbed
    ines, later = cast.ines, cast.now + timedelta(minutes=15)
    pressed, may_commit = threading.Event(), threading.Event()

    def press():
        try:
            with transaction.atomic():
                actions.acknowledge(climb, by=ines, now=later - timedelta(milliseconds=20))
                pressed.set()
                may_commit.wait(10)
        finally:
            connection.close()

    person = threading.Thread(target=press)
    person.start()
    assert pressed.wait(10)
    assert work_climbs(later) == 0  # it does not even wait
    may_commit.set()
    person.join()
    work_climbs(later + timedelta(seconds=1))
    climb.refresh_from_db()
    assert (climb.state, climb.rung, climb.held_by) == (State.HELD, 1, ines)
    assert not Telling.objects.filter(rung=2).exists()
