"""The work process: what is due is done at once, and neither a failure nor a slow lane holds up the rest."""

import threading
import time

import pytest

from ombud.config import lane
from ombud.config.lane import Lane, Service
from ombud.lib import flood
from tests.support.desk import wait_for

pytestmark = pytest.mark.django_db(transaction=True)


class Due:
    """Work that counts its calls, and has something to do while `left` is not used up."""

    def __init__(self, left=0, trouble=False):
        self.left, self.trouble, self.calls = left, trouble, 0

    def __call__(self, now):
        self.calls += 1
        if self.trouble:
            raise RuntimeError("the outside world is gone")
        self.left, done = max(0, self.left - 1), min(1, self.left)
        return done


@pytest.fixture
def run():
    """Start a thread of work; all end with the test."""
    stop, threads = threading.Event(), []

    def run(kind, *words):
        threads.append(kind(*words, stop))
        threads[-1].start()
        return threads[-1]

    yield run
    stop.set()
    for thread in threads:
        getattr(thread, "wake", stop.set)()
        thread.join(5)


def test_while_there_is_work_nobody_waits(run):
    due = Due(left=200)
    began = time.monotonic()
    run(Lane, "clock", [due])
    wait_for(lambda: due.left == 0, "the work")
    assert time.monotonic() - began < 2


def test_a_lane_wakes_when_it_is_woken(run, monkeypatch):
    monkeypatch.setattr(lane, "LONGEST", 60)
    due = Due()
    clock = run(Lane, "clock", [due])
    wait_for(lambda: due.calls == 1, "the first look")
    due.left = 1
    clock.wake()
    wait_for(lambda: due.left == 0, "the work", 2)


def test_the_clock_is_looked_at_without_being_woken(run):
    due = Due()
    run(Lane, "clock", [due])
    wait_for(lambda: due.calls > 3, "the clock", 3)


def test_a_calm_desk_is_looked_at_less_often_until_something_wakes_it(run, monkeypatch):
    monkeypatch.setattr(lane, "CALM", 0)
    monkeypatch.setattr(lane, "IDLE", 60)
    due = Due()
    clock = run(Lane, "clock", [due])
    wait_for(lambda: due.calls == 1, "the first look")
    monkeypatch.setattr(lane, "CALM", 60)
    clock.wake()
    wait_for(lambda: due.calls > 3, "the clock", 3)


def test_work_that_fails_rests_and_the_others_go_on(run, caplog):
    broken, due = Due(trouble=True), Due()
    run(Lane, "clock", [broken, due])
    wait_for(lambda: due.calls > 3, "the clock", 3)
    assert broken.calls == 1
    assert "failed; nothing is lost, it is tried again in 1 s" in caplog.text


def test_a_slow_lane_does_not_delay_the_clock(run):
    slow, due = threading.Event(), Due()
    run(Lane, "post", [lambda now: slow.wait(10)])
    run(Lane, "clock", [due])
    wait_for(lambda: due.calls > 3, "the clock", 3)
    slow.set()


def test_a_service_that_fails_begins_again(run, monkeypatch):
    monkeypatch.setattr(lane, "FIRST_REST", 0.01)
    calls = []

    def listens(stop):
        calls.append(1)
        if len(calls) < 3:
            raise OSError("the port is not free yet")
        stop.wait()

    run(Service, listens)
    wait_for(lambda: len(calls) == 3, "the service")


def test_a_service_with_nothing_to_do_may_leave(run):
    calls = []
    service = run(Service, lambda stop: calls.append(1))
    service.join(2)
    assert not service.is_alive() and calls == [1]


def test_a_lane_that_yields_lets_a_flood_of_mail_through():
    stop, rounds = threading.Event(), []

    def work(now):
        rounds.append(flood.is_on())
        return 1

    flood.came_in(flood.MANY)
    lane = Lane("acknowledgements", [work], stop, yields=True)
    lane.start()
    wait_for(lambda: len(rounds) > 20, "the flood to be over")
    stop.set()
    assert rounds.count(True) == 1
