"""A lane of due work: functions that run one after the other, in one thread, whenever something is due."""

import logging
import threading
import time

from django.db import connection
from django.utils import timezone

from ombud.lib import bells, flood

logger = logging.getLogger(__name__)
LONGEST = 0.25  # seconds until the clock is looked at again, even when nothing rang
IDLE = 1.0  # the same on a desk where nothing happened for CALM seconds: it should cost next to nothing
CLOCK = "clock"  # the lane of promises and ladders, which fall due by time alone: it never looks away longer
CALM = 10.0
FIRST_REST = 1.0  # seconds that a function rests after it failed; the others go on
LONGEST_REST = 30.0
YIELDS = 1.0  # seconds between two batches of a lane that lets a flood of mail through first


class Work:
    """One function(now) -> how many were done, and how long it rests after failures."""

    def __init__(self, function):
        self.function = function
        self.failures = 0
        self.rests_until = 0.0

    def run(self):
        """How many were done; a failure is logged, and the function rests."""
        if time.monotonic() < self.rests_until:
            return 0
        try:
            done = self.function(timezone.now()) or 0
        except Exception:
            rest = min(FIRST_REST * 2**self.failures, LONGEST_REST)
            logger.exception(
                "%s failed; nothing is lost, it is tried again in %g s", named(self.function), rest
            )
            self.failures += 1
            self.rests_until = time.monotonic() + rest
            connection.close()
            return 0
        self.failures = 0
        return done


class Lane(threading.Thread):
    """Runs its work again and again: at once while there is some, else when woken or after LONGEST.

    It keeps one connection as long as that is well: opening one costs more than a look at the clock.
    """

    def __init__(self, name, functions, stop, yields=False):
        super().__init__(name=name, daemon=True)
        self.work = [Work(function) for function in functions]
        self.stop = stop
        self.yields = yields
        self.woken = threading.Event()
        self.last_woken = time.monotonic()
        bells.hang_up(name, self.wake)

    def wake(self):
        self.last_woken = time.monotonic()
        self.woken.set()

    def run(self):
        while not self.stop.is_set():
            self.woken.clear()
            done = 0
            for work in self.work:
                if not self.stop.is_set():
                    done += work.run()
            if not done:
                busy = self.name == CLOCK or time.monotonic() - self.last_woken < CALM
                self.woken.wait(LONGEST if busy else IDLE)
            elif self.yields and flood.is_on():
                self.stop.wait(YIELDS)
        connection.close()


class Service(threading.Thread):
    """A room's function(stop) that runs as long as the process; when it fails it begins again."""

    def __init__(self, function, stop):
        super().__init__(name=named(function), daemon=True)
        self.function = function
        self.stop = stop

    def run(self):
        failures = 0
        while not self.stop.is_set():
            began = time.monotonic()
            try:
                self.function(self.stop)
                if not self.stop.is_set():
                    return  # it had nothing to do here, such as a mailbox that is not set up
            except Exception:
                failures = 0 if time.monotonic() - began > LONGEST_REST else failures + 1
                rest = min(FIRST_REST * 2**failures, LONGEST_REST)
                logger.exception("%s ended; it begins again in %g s", self.name, rest)
                self.stop.wait(rest)
            finally:
                connection.close()


def named(function):
    return f"{function.__module__}.{getattr(function, '__qualname__', type(function).__name__)}"
