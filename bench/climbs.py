"""Ladders under load: climbs that fall due in one instant, and many people who press at once."""

import random
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.db import connection, transaction
from django.utils import timezone

from bench.storms import wait_for
from ombud.foundation.events.models import Delivery, Event
from ombud.foundation.people.models import Person
from ombud.spine.ladders import actions
from ombud.spine.ladders.models import Climb, State, Telling
from ombud.spine.tickets.models import Ticket

PEOPLE = 50  # who press at the same time
EACH = 5  # of them press on each climb
HOUR = 3600
FAR = timedelta(days=2)  # nothing of it falls due by itself while it is measured


@dataclass(frozen=True)
class Fallen:
    """Seconds from the due time until every rung was told, and until every follower had seen it."""

    seconds: float
    seen: float


@dataclass(frozen=True)
class Pressed:
    """Seconds until everybody had an answer, and how long each press took."""

    seconds: float
    each: list


def ladder(now):
    """Two rungs, told on the desk: two people stand on each."""
    people = list(Person.objects.working().order_by("pk")[:4])
    rungs = [
        {"whom": {"kind": "person", "of": person.pk}, "after": HOUR if at else 0, "by": ["product"]}
        for at, person in enumerate(people[:2])
    ]
    draft = {"starts": [{"on": "by_hand"}], "rungs": rungs}
    made = actions.keep_ladder(name=f"Bench {now.timestamp()}", draft=draft, by=None, now=now)
    actions.publish(made, by=None, now=now)
    return made


def wait_at(made, times, now):
    """{climb id: its due time}: so many climbs on tickets of their own wait for their first rung."""
    busy = Climb.objects.filter(ended_at=None).values("ticket_id")
    ids = Ticket.objects.filter(resolved_at=None).exclude(pk__in=busy).order_by("pk")
    ids = list(ids.values_list("pk", flat=True)[: len(times)])
    if len(ids) < len(times):
        raise SystemExit(f"bench: only {len(ids)} tickets are free; --rows must be larger")
    plan = made.version.plan
    rows = [
        Climb(
            ticket_id=pk,
            ladder=made,
            version=made.version,
            plan=plan,
            why="by_hand",
            started_at=now,
            climbs_at=at,
            next_at=at,
        )
        for pk, at in zip(ids, times, strict=True)
    ]
    with transaction.atomic():
        rows = Climb.objects.bulk_create(rows, batch_size=1000)
    return {row.pk: row.next_at for row in rows}


def storm(size):
    """So many climbs fall due in the same instant; two work processes run. Each rung is told once."""
    now = timezone.now()
    made = ladder(now)
    at = now + timedelta(seconds=5 + size / 1000)
    waiting = wait_at(made, [at] * size, now)
    time.sleep(max(0.0, (at - timezone.now()).total_seconds()))
    reached = Climb.objects.filter(pk__in=waiting, rung=1)
    wait_for(lambda: reached.count() == size, "the climbs to reach their first rung")
    seconds = (timezone.now() - at).total_seconds()
    told = Telling.objects.filter(climb__in=waiting)
    if told.count() != size or told.values("climb").distinct().count() != size:
        raise SystemExit(f"bench: {size} climbs, and {told.count()} tellings")
    wait_for(lambda: not Delivery.objects.filter(due_at__lte=timezone.now()).exists(), "an empty tray")
    return Fallen(seconds, (timezone.now() - at).total_seconds())


def pressed_together(size):
    """Fifty people take so many climbs at once, five of them each: one has it, four are told who."""
    now = timezone.now()
    climbs = list(Climb.objects.filter(pk__in=wait_at(ladder(now), [now + FAR] * size, now)))
    people = list(Person.objects.working().order_by("pk")[:PEOPLE])
    people *= ceil(PEOPLE / len(people))  # a small desk: some press on two machines
    dice, wishes = random.Random(5), [[] for _ in range(PEOPLE)]
    for climb in climbs:
        for who in dice.sample(range(PEOPLE), EACH):
            wishes[who].append(climb)
    gate, took, wrong = threading.Barrier(PEOPLE + 1), [[] for _ in range(PEOPLE)], []
    threads = [
        threading.Thread(target=_press, args=(people[n], wishes[n], gate, took[n], wrong))
        for n in range(PEOPLE)
    ]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.monotonic()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - began
    _one_has_each(climbs, wrong)
    return Pressed(seconds, sorted(one for mine in took for one in mine))


def _press(person, wishes, gate, took, wrong):
    try:
        connection.ensure_connection()
        gate.wait()
        for climb in wishes:
            began = time.monotonic()
            with suppress(actions.AlreadyHeld):
                actions.acknowledge(climb, by=person, now=timezone.now())
            took.append(time.monotonic() - began)
    except Exception as error:
        wrong.append(error)
    finally:
        connection.close()


def _one_has_each(climbs, wrong):
    if wrong:
        raise SystemExit(f"bench: {len(wrong)} presses failed, such as {wrong[0]!r}")
    ids = {climb.pk for climb in climbs}
    held = Climb.objects.filter(pk__in=ids, state=State.HELD).count()
    since = climbs[0].started_at
    said = Event.objects.filter(verb="climb.acknowledged", happened_at__gte=since)
    holders = {}
    for data in said.values_list("data", flat=True):
        holders.setdefault(data["climb"], set()).add(data["person"])
    if held != len(ids) or any(len(holders[pk]) != 1 for pk in ids):
        raise SystemExit(f"bench: of {len(ids)} climbs {held} are held, some by more than one")


def pressed_alone(size):
    """The same number of presses by one person after the other: nobody is in the way."""
    now = timezone.now()
    climbs = list(Climb.objects.filter(pk__in=wait_at(ladder(now), [now + FAR] * size, now)))
    people = list(Person.objects.working().order_by("pk")[:EACH])
    began = time.monotonic()
    for climb in climbs:
        for person in people:
            with suppress(actions.AlreadyHeld):
                actions.acknowledge(climb, by=person, now=timezone.now())
    return time.monotonic() - began
