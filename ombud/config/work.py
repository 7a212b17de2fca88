"""The work process: the clock, everything that is due, and the services that listen or fetch (SMTP, IMAP)."""

import logging
import signal
import threading
import time
from collections import defaultdict

from django.db import connection

from ombud.config.changes import bell
from ombud.config.lane import Lane, Service
from ombud.config.parentage import PATIENCE, end_with_supervisor
from ombud.lib.rooms import due_work, lanes_that_yield, plugged

logger = logging.getLogger(__name__)
TOGETHER = 0.1  # seconds between two rings
AGAIN = (
    2.0  # seconds before the bell is hung up again after a failure; the lanes look by themselves meanwhile
)


def main(argv):
    """Work until SIGINT or SIGTERM."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    end_with_supervisor()
    run(stop)
    return 0


def run(stop):
    """Every room's work, until the event is set; then what is under way ends within PATIENCE seconds."""
    polite = lanes_that_yield()
    lanes = [Lane(name, work, stop, yields=name in polite) for name, work in by_lane().items()]
    services = [Service(function, stop) for function in plugged("services")]
    for thread in (*lanes, *services):
        thread.start()
    listen(lanes, stop)
    deadline = time.monotonic() + PATIENCE - 1
    for thread in (*lanes, *services):
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            logger.warning(
                "%s did not end in time; what it was doing is done again at the next start", thread.name
            )


def by_lane():
    lanes = defaultdict(list)
    for name, function in due_work():
        lanes[name].append(function)
    return lanes


def listen(lanes, stop):
    """Wake the lanes when anything was committed anywhere."""
    while not stop.is_set():
        ears = bell()
        try:
            while not stop.is_set():
                if ears.wait(60.0, stop):
                    for lane in lanes:
                        lane.wake()
                    # A hundred commits a second are no reason to look a hundred times.
                    stop.wait(TOGETHER)
        except Exception:
            logger.exception("the bell of the database fell silent; it is hung up again in %g s", AGAIN)
            connection.close()
            stop.wait(AGAIN)
        finally:
            ears.close()
    for lane in lanes:
        lane.wake()
