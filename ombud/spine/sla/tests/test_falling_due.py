"""One row that cannot be fired holds up no other, and a person who replies wins over the worker."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from ombud.foundation.events.models import Event
from ombud.spine.sla import falling_due
from ombud.spine.sla.falling_due import SETBACK, work_promises
from ombud.spine.sla.models import Promise, State
from ombud.spine.tickets import actions as tickets
from tests.cast import Cast

from .conftest import week_of, whole_of


@pytest.fixture
def due(cast, gold):
    """Twelve promises that fall due together, and when."""
    opened = [cast.writes(cast.carla, subject=f"Caso {n}") for n in range(12)]
    promises = Promise.objects.filter(ticket__in=opened, kind="first_reply")
    return list(promises.order_by("pk")), promises[0].due_at


def states(promises):
    stored = Promise.objects.in_bulk([promise.pk for promise in promises])
    return [stored[promise.pk].state for promise in promises]


def test_a_row_that_cannot_be_read_holds_up_no_other(due):
    promises, now = due
    spoilt, *others = promises
    Promise.objects.filter(pk=spoilt.pk).update(alarms=[["nonsense", 75]], due_at=now + timedelta(hours=1))
    work_promises(now)
    assert set(states(others)) == {State.BROKEN}
    spoilt.refresh_from_db()
    assert (spoilt.state, spoilt.fires_at) == (State.RUNNING, now + SETBACK)


def test_a_row_that_failed_is_tried_again(due, monkeypatch):
    promises, now = due
    one = promises[5]
    breaks_at = falling_due.breaks_at

    def fails_once(promise):
        if promise.pk == one.pk:
            raise ArithmeticError("its calendar is broken")
        return breaks_at(promise)

    monkeypatch.setattr(falling_due, "breaks_at", fails_once)
    work_promises(now)
    assert states(promises).count(State.BROKEN) == 11
    monkeypatch.setattr(falling_due, "breaks_at", breaks_at)
    work_promises(now + SETBACK)
    assert set(states(promises)) == {State.BROKEN}
    told = [event.data["promise"] for event in Event.objects.filter(verb="promise.broken")]
    assert sorted(told) == [promise.pk for promise in promises]


def test_a_pause_that_cannot_be_ended_holds_up_no_other(due, cast, monkeypatch):
    promises, now = due
    Promise.objects.filter(pk=promises[0].pk).update(
        state=State.PAUSED, pauses=[["nonsense", None, "waiting"]]
    )
    work_promises(now)
    assert set(states(promises[1:])) == {State.BROKEN}
    assert Promise.objects.get(pk=promises[0].pk).fires_at == now + SETBACK


@pytest.mark.postgres  # on SQLite nobody looks while somebody writes
@pytest.mark.django_db(transaction=True)
def test_a_reply_that_is_being_written_wins_over_the_worker():
    """The person's transaction is open when the promise falls due; the worker comes by meanwhile."""
    cast = Cast()
    whole_of(cast, week_of(cast))
    ticket = cast.writes(cast.carla)
    promise = Promise.objects.get(ticket=ticket, kind="first_reply")
    ada, pressed_at = cast.ada, promise.due_at - timedelta(milliseconds=20)
    written, may_commit = threading.Event(), threading.Event()

    def reply():
        try:
            with transaction.atomic():
                tickets.reply(ticket, by=ada, text="Lo miramos hoy.", now=pressed_at)
                written.set()
                may_commit.wait(10)
        finally:
            connection.close()

    person = threading.Thread(target=reply)
    person.start()
    assert written.wait(10)
    assert work_promises(promise.due_at) == 0  # it does not even wait
    may_commit.set()
    person.join()
    work_promises(promise.due_at + timedelta(seconds=1))
    promise.refresh_from_db()
    assert (promise.state, promise.answered_at) == (State.RUNNING, pressed_at)
    assert not Event.objects.filter(verb="promise.broken", data__promise=promise.pk).exists()
