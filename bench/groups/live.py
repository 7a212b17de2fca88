"""From a commit to the browser: how long until an open stream hears of it."""

import asyncio
import time

from django.utils import timezone

from bench.figures import Figure
from bench.timing import percentile
from ombud.foundation.people.models import Person
from ombud.lib.live import make_token
from ombud.spine.tickets.actions import set_status
from ombud.spine.tickets.models import Ticket

STREAMS = (1, 200)
EACH = 15  # streams per person; the product allows some more


def measure(wanted):
    for streams in STREAMS[:1] if wanted.quick else STREAMS:
        taken = asyncio.run(_listen(wanted.port, streams, 8 if wanted.quick else 40))
        yield Figure(
            f"live, {streams} streams, p95",
            round(percentile(taken, 95), 1),
            "ms",
            note=f"p50 {percentile(taken, 50):.1f} ms, p99 {percentile(taken, 99):.1f} ms, commit to stream",
        )


async def _listen(port, streams, times):
    people = [person.pk async for person in Person.objects.order_by("pk")]
    lines = await asyncio.gather(*(_open(port, people[n // EACH]) for n in range(streams)))
    await asyncio.sleep(0.5)
    taken = []
    for at in range(times):
        heard = [asyncio.create_task(_hear(reader)) for reader, _ in lines]
        # Between two ticks of the hub, wherever that is.
        await asyncio.sleep(0.13 + 0.017 * (at % 7))
        began = await asyncio.to_thread(_commit, at)
        taken += [(moment - began) * 1000 for moment in await asyncio.wait_for(asyncio.gather(*heard), 20)]
    for _, writer in lines:
        writer.close()
    return taken


def _commit(at):
    """One change of a ticket; when it was committed."""
    ticket = Ticket.objects.order_by("number").first()
    set_status(ticket, "open" if ticket.status == "on_hold" else "on_hold", by=None, now=timezone.now())
    return time.perf_counter()


async def _open(port, person):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /live/?token={make_token(person)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    status = await reader.readline()
    if b"200" not in status:
        raise SystemExit(f"bench: the live stream answered {status!r}")
    while b"event: hello" not in await reader.readline():
        pass
    return reader, writer


async def _hear(reader):
    while b"event: log" not in await reader.readline():
        pass
    return time.perf_counter()
