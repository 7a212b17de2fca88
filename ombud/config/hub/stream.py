"""One person's live stream: server-sent events, with ids only, until the token is out of date."""

import asyncio
import json
import time
import weakref
from collections import Counter
from urllib.parse import parse_qs

from ombud.config.hub.answers import answer
from ombud.lib.live import read_token

PING = 15.0  # seconds between signs of life, so that no proxy takes the silence for the end
RETRY = 3000  # milliseconds before a browser tries again
QUEUE = 100  # messages that may wait for a slow reader; then it is dropped, and resumes from its last id
EACH = 20  # open streams per person: as many tabs
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


def message(name, data, number=None):
    """A server-sent event, ready for the wire."""
    lines = [f"id: {number}"] if number is not None else []
    lines += [f"event: {name}", f"data: {json.dumps(data, separators=(',', ':'))}"]
    return ("\n".join(lines) + "\n\n").encode()


class Reader:
    """One open stream. Nothing more is put once it ended or could not keep up."""

    def __init__(self, person):
        self.person = person
        self.waiting = asyncio.Queue(QUEUE)
        self.ended = asyncio.Event()

    def put(self, chunk):
        try:
            self.waiting.put_nowait(chunk)
        except asyncio.QueueFull:
            self.ended.set()


EVERY = weakref.WeakSet()


def open_streams():
    """How many streams this process has open."""
    return sum(len(streams.readers) for streams in EVERY)


class Streams:
    """All open streams of this process."""

    def __init__(self, missed, last):
        EVERY.add(self)
        self.missed = missed  # async function(last id) -> messages since then, for somebody who comes back
        self.last = last  # function() -> the newest event's id that was told
        self.readers = set()
        self.closed = False

    def publish(self, chunks):
        """Give these messages to every reader."""
        for reader in list(self.readers):
            for chunk in chunks:
                reader.put(chunk)

    def close(self):
        """End every stream; browsers come back by themselves."""
        self.closed = True
        for reader in list(self.readers):
            reader.ended.set()

    async def __call__(self, scope, receive, send):
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        holder = read_token(asked.get("token", [""])[-1])
        if holder is None:
            return await answer(send, 403, "This token is false or out of date; ask for a new one.")
        person, until = holder
        if self.closed or Counter(reader.person for reader in self.readers)[person] >= EACH:
            return await answer(send, 429, "Too many open tabs.", [(b"retry-after", b"30")])
        reader = Reader(person)
        self.readers.add(reader)
        try:
            await self._serve(reader, until, resume_from(scope, asked), receive, send)
        finally:
            self.readers.discard(reader)
        return None

    async def _serve(self, reader, until, last, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        greeting = [f"retry: {RETRY}\n\n".encode()]
        if last is not None:
            greeting += await self.missed(last)
        greeting.append(message("hello", {"last": self.last()}, self.last()))
        watchers = [asyncio.ensure_future(left(receive)), asyncio.ensure_future(reader.ended.wait())]
        writer = asyncio.ensure_future(self._write(reader, until, b"".join(greeting), send))
        try:
            await asyncio.wait([writer, *watchers], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (writer, *watchers):
                task.cancel()
            await asyncio.gather(writer, *watchers, return_exceptions=True)
        # A reader that could not keep up cannot take an end either; its connection is simply left.
        if not reader.waiting.full():
            await send({"type": "http.response.body", "body": b""})

    async def _write(self, reader, until, chunk, send):
        while chunk:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
            left_of_token = until - time.time()
            chunk = await next_of(reader, min(PING, left_of_token)) if left_of_token > 0 else None
        await send({"type": "http.response.body", "body": message("expired", {}), "more_body": True})


async def next_of(reader, seconds):
    """All that waits for this reader, or a sign of life after that many seconds."""
    try:
        first = await asyncio.wait_for(reader.waiting.get(), seconds)
    except TimeoutError:
        return b": ping\n\n"
    rest = [reader.waiting.get_nowait() for _ in range(reader.waiting.qsize())]
    return b"".join([first, *rest])


def resume_from(scope, asked):
    """The last id that this browser saw: its header says it, or the address (a new token, a new address)."""
    header = dict(scope["headers"]).get(b"last-event-id", b"").decode("latin-1")
    said = header or asked.get("last", [""])[-1]
    return int(said) if said.isdigit() and len(said) < 19 else None


async def left(receive):
    while (await receive())["type"] != "http.disconnect":
        pass
