"""Making promises fall due, and watching how the work processes break them."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from ombud.foundation.events.models import Delivery, Event
from ombud.spine.sla.models import Promise, State

PATIENCE = 300  # seconds
CLAIMERS = 2
BEHIND = 2000  # events that may become visible out of order


@dataclass(frozen=True)
class Fallen:
    """Seconds from the due time until all were broken, and until every follower had seen it."""

    seconds: float
    told: float


def _running(count):
    """Ids of promises that run and are due in the future."""
    running = Promise.objects.filter(state=State.RUNNING, fires_at__gt=timezone.now() + timedelta(minutes=5))
    found = list(running.order_by("pk").values_list("pk", flat=True)[:count])
    if len(found) < count:
        raise SystemExit(f"bench: only {len(found)} promises run; --rows must be larger")
    return found


def fall_due_at(times):
    """{promise id: its due time} of as many promises as there are times; they break then."""
    waiting = dict(zip(_running(len(times)), times, strict=True))
    with transaction.atomic():
        for pk, at in waiting.items():
            Promise.objects.filter(pk=pk).update(due_at=at, fires_at=at, alarms=[])
    return waiting


def watch(waiting, until, verb="promise.broken", field="promise"):
    """{promise id: seconds late}, as somebody sees it who reads the log every few milliseconds.

    Or of other things that are told by another verb, in whose field their id stands.
    """
    late, last = {}, Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    end = time.monotonic() + until
    while len(late) < len(waiting) and time.monotonic() < end:
        # On PostgreSQL a row may appear after one with a higher id: whoever took it first commits later.
        found = list(Event.objects.filter(pk__gt=last - BEHIND).values_list("pk", "verb", "data"))
        now = timezone.now()
        for pk, happened, data in found:
            last = max(last, pk)
            if happened == verb and data[field] in waiting:
                late.setdefault(data[field], (now - waiting[data[field]]).total_seconds())
        time.sleep(0.01)
    if len(late) < len(waiting):
        raise SystemExit(f"bench: {len(waiting) - len(late)} times {verb} was not told")
    return late


def storm(size):
    """So many promises fall due in the same instant; two work processes run."""
    wait_for(lambda: not _due_deliveries(), "an empty tray")
    at = timezone.now() + timedelta(seconds=3)
    pks = _running(size)
    Promise.objects.filter(pk__gte=pks[0], pk__in=pks).update(due_at=at, fires_at=at, alarms=[])
    time.sleep(max(0.0, (at - timezone.now()).total_seconds()))
    wait_for(lambda: Promise.objects.filter(broken_at=at).count() == size, "the storm to be over")
    seconds = (timezone.now() - at).total_seconds()
    _once(pks, size)
    wait_for(lambda: not _due_deliveries(), "an empty tray")
    return Fallen(seconds, (timezone.now() - at).total_seconds())


def _once(pks, size):
    events = Event.objects.filter(verb="promise.broken", happened_at__gte=timezone.now() - timedelta(hours=1))
    wanted = set(pks)
    told = [data["promise"] for data in events.values_list("data", flat=True) if data["promise"] in wanted]
    if len(told) != size or len(set(told)) != size:
        raise SystemExit(
            f"bench: {size} promises were broken, and {len(told)} events tell of {len(set(told))}"
        )


def _due_deliveries():
    return Delivery.objects.filter(due_at__lte=timezone.now()).exists()


def wait_for(condition, what):
    """Look again and again; a benchmark that waits too long has failed."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"bench: waited {PATIENCE} s for {what}")
        time.sleep(0.03)


def claimed(size):
    """The seconds that as many processes need for claiming as many due rows, and nothing else."""
    pks = _running(size)
    at = timezone.now() + timedelta(seconds=4)
    Promise.objects.filter(pk__in=pks).update(due_at=at, fires_at=at, alarms=[])
    words = [sys.executable, "-P", "-m", "bench.claim", at.isoformat()]
    claimers = [
        subprocess.Popen(words, env=os.environ, stdout=subprocess.PIPE, text=True) for _ in range(CLAIMERS)
    ]
    ends = [claimer.communicate()[0].split() for claimer in claimers]
    if sum(int(count) for count, _seconds in ends) != size:
        raise SystemExit("bench: the ceiling claimed other rows than there were")
    connection.close()
    return max(float(seconds) for _count, seconds in ends)
