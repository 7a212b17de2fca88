"""Takes a request's body whole before a thread is given to it: slow uploads cost open files, but no pages."""

import asyncio
import time
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile

IN_MEMORY = 512 * 1024  # bytes of one body; more goes to a temporary file
LARGEST = 64 * 1024 * 1024  # bytes of one body; Django's own limits are smaller and explain themselves better
ALL_TOGETHER = 1024 * 1024 * 1024  # bytes on their way in at one time, so that uploads cannot fill the disk
GRACE = 15.0  # seconds before the rate counts
SLOWEST = 1024  # bytes per second, on average since the beginning
SILENCE = 30.0  # seconds without a single byte


class Refused(Exception):
    """A body that we do not take, with the HTTP status that says why."""

    def __init__(self, status, text):
        super().__init__(text)
        self.status = status
        self.text = text


class Gone(Exception):
    """The client left in the middle."""


@dataclass
class Spool:
    """Bodies on their way in, within limits (sizes in bytes, times in seconds)."""

    largest: int = LARGEST
    together: int = ALL_TOGETHER
    grace: float = GRACE
    slowest: float = SLOWEST
    silence: float = SILENCE
    waiting: int = 0

    async def take(self, receive, announced):
        """The whole body as a file at its beginning, and its length. Raises Refused or Gone."""
        if (announced or 0) > self.largest:
            raise self.too_large()
        file, taken, began = SpooledTemporaryFile(max_size=IN_MEMORY), 0, time.monotonic()  # noqa: SIM115
        try:
            more = True
            while more:
                message = await self._next(receive)
                if message["type"] == "http.disconnect":
                    raise Gone
                body, more = message.get("body", b""), message.get("more_body", False)
                taken += len(body)
                self.waiting += len(body)
                self._check(taken, time.monotonic() - began)
                file.write(body)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        finally:
            self.waiting -= taken
        return file, taken

    async def _next(self, receive):
        try:
            return await asyncio.wait_for(receive(), self.silence)
        except TimeoutError:
            raise Refused(
                408, "Nothing more arrived, so this request was given up. Please send it again."
            ) from None

    def _check(self, taken, seconds):
        if taken > self.largest:
            raise self.too_large()
        if self.waiting > self.together:
            raise Refused(503, "Too much is being sent at once. Please send it again in a minute.")
        if seconds > self.grace and taken / seconds < self.slowest:
            raise Refused(408, "This request arrived too slowly and was given up. Please send it again.")

    def too_large(self):
        return Refused(413, f"This is larger than {self.largest // (1024 * 1024)} MB, so it was not taken.")
