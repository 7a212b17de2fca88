"""The clock of promises and ladders: idle looks, lateness, storms, working time; on a desk of its own."""

import random
import threading
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils import timezone

from bench import climbs, storms
from bench.figures import Figure
from bench.seed.promises import CALENDAR, fill_promises
from bench.timing import middle, p95, percentile, rate, sample
from bench.workers import Workers
from ombud.foundation.clock import queries as clock
from ombud.lib.working_time import add_working_time
from ombud.spine.sla.falling_due import work_promises
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Ticket
from ombud.spine.tickets.said import Said

PROBE = "SELECT 1 FROM sla_promise WHERE fires_at <= %s ORDER BY fires_at, id LIMIT 1"
EACH_SECOND = 20  # promises that fall due under normal load: 70,000 an hour
PAUSE = 0.2  # seconds between two mails or replies


def measure(wanted):
    fill_promises(wanted.rows, timezone.now())
    yield _idle(wanted)
    yield _adding(wanted)
    with Workers(1):
        yield _late(wanted)
        yield _climbs_late(wanted)
    yield from _storm(1000 if wanted.quick else 10_000)
    yield from _climb_storm(500 if wanted.quick else 5000)
    yield _pressed(100 if wanted.quick else 1000)


def _idle(wanted):
    now = timezone.now()
    looks = sample(lambda: work_promises(now), wanted, times=400)
    with connection.cursor() as cursor:
        at = connection.ops.adapt_datetimefield_value(now)
        bare = sample(lambda: cursor.execute(PROBE, [at]).fetchall(), wanted, times=400)
    return Figure(
        "promises, an idle look",
        round(middle(looks), 3),
        "ms",
        round(middle(bare), 3),
        "ms bare SQL",
        f"p95 {p95(looks):.2f} ms, aim 2 ms",
    )


def _adding(wanted):
    """Promises of an hour to a week, from any moment of a year."""
    calendar = clock.working_time_of(clock.default_calendar())
    dice, year = random.Random(1), datetime(timezone.now().year, 1, 1, tzinfo=UTC)
    starts = [year + timedelta(seconds=dice.randrange(365 * 86400)) for _ in range(4096)]
    spans = [dice.choice((3600, 14400, 28800, 144000)) for _ in range(4096)]
    pieces = [timedelta(seconds=span) for span in spans]
    seconds = 0.3 if wanted.quick else 2
    added = rate(lambda at: add_working_time(calendar, starts[at % 4096], spans[at % 4096]), seconds=seconds)
    bare = rate(lambda at: starts[at % 4096] + pieces[at % 4096], seconds=seconds)
    holidays = ", ".join(CALENDAR["holidays"])
    return Figure(
        "add_working_time",
        round(added),
        "/s",
        round(bare),
        "/s timedelta",
        f"Monday to Friday with a lunch break, holidays of {holidays}; aim 100,000/s",
    )


def _late(wanted):
    """From when a promise was due to when others can read that it is broken, while mails come and go."""
    seconds = 3 if wanted.quick else 20
    begin = timezone.now() + timedelta(seconds=1)
    dice = random.Random(3)
    due = [begin + timedelta(seconds=seconds * dice.random()) for _ in range(EACH_SECOND * seconds)]
    waiting = storms.fall_due_at(due)
    stop = threading.Event()
    busy = threading.Thread(target=_mails_and_replies, args=(stop,))
    busy.start()
    try:
        late = sorted(storms.watch(waiting, until=seconds + 30).values())
    finally:
        stop.set()
        busy.join()
    return Figure(
        "promises, p99 late",
        round(percentile(late, 99) * 1000),
        "ms",
        note=f"p50 {percentile(late, 50) * 1000:.0f} ms, latest {late[-1] * 1000:.0f} ms of {len(late)}; "
        f"{EACH_SECOND} fall due each second beside mails and replies; aim 1,000 ms",
    )


def _climbs_late(wanted):
    """The same for rungs: from when one was to be told to when others can read that it was."""
    seconds = 3 if wanted.quick else 20
    now = timezone.now()
    begin, dice = now + timedelta(seconds=2), random.Random(4)
    due = sorted(begin + timedelta(seconds=seconds * dice.random()) for _ in range(EACH_SECOND * seconds))
    waiting = climbs.wait_at(climbs.ladder(now), due, now)
    stop = threading.Event()
    busy = threading.Thread(target=_mails_and_replies, args=(stop,))
    busy.start()
    try:
        told = storms.watch(waiting, until=seconds + 30, verb="climb.rung_reached", field="climb")
        late = sorted(told.values())
    finally:
        stop.set()
        busy.join()
    return Figure(
        "rungs, p99 late",
        round(percentile(late, 99) * 1000),
        "ms",
        note=f"p50 {percentile(late, 50) * 1000:.0f} ms, latest {late[-1] * 1000:.0f} ms of {len(late)}; "
        f"{EACH_SECOND} fall due each second beside mails and replies; aim 1,000 ms",
    )


def _climb_storm(size):
    with Workers(2):
        fallen = climbs.storm(size)
    yield Figure(
        f"storm of {size:,} climbs, two workers",
        round(fallen.seconds, 2),
        "s",
        note=f"until each first rung was told, none twice; {size / fallen.seconds:,.0f}/s; "
        f"every follower had seen it after {fallen.seen:.1f} s",
    )


def _pressed(size):
    together = climbs.pressed_together(size)
    alone = climbs.pressed_alone(size)
    presses = size * climbs.EACH
    return Figure(
        f"{climbs.PEOPLE} people take {size:,} climbs at once",
        round(together.seconds, 2),
        "s",
        round(alone, 2),
        "s one after the other",
        f"{presses:,} presses, each answered: one has it, {climbs.EACH - 1} are told who; "
        f"p50 {percentile(together.each, 50) * 1000:.0f} ms, "
        f"p99 {percentile(together.each, 99) * 1000:.0f} ms",
    )


def _mails_and_replies(stop):
    found = list(Ticket.objects.order_by("-pk").select_related("customer", "mailbox", "assignee")[:200])
    try:
        for at, ticket in enumerate(found * 100):
            if stop.wait(PAUSE):
                return
            now = timezone.now()
            if at % 2:
                tickets.reply(ticket, by=ticket.assignee, text="We look into it.", now=now)
            else:
                said = Said(
                    text="Any news?", subject="Re", from_address=ticket.customer.email, happened_at=now
                )
                tickets.receive(ticket, said, customer=ticket.customer, channel="email", now=now)
    finally:
        connection.close()


def _storm(size):
    with Workers(2):
        fallen = storms.storm(size)
    bare = storms.claimed(size)
    yield Figure(
        f"storm of {size:,} promises, two workers",
        round(fallen.seconds, 2),
        "s",
        round(bare, 2),
        "s claiming the same rows",
        f"until each has its state, its event and its tray rows, none twice; {size / fallen.seconds:,.0f}/s; "
        "aim 6 s on SQLite, 4 s on PostgreSQL for 10,000",
    )
    yield Figure(
        f"storm of {size:,} promises, until the tray is empty",
        round(fallen.told, 2),
        "s",
        note="every follower has seen it: notices, digests, ladders",
    )
