"""Whether this process is in a flood of mail, so that what can wait a second lets it through."""

import time

MANY = 5  # mails in one batch; fewer are an ordinary minute
LASTS = 0.5  # seconds after the last large batch
_until = 0.0


def came_in(count):
    """So many mails were taken in together just now."""
    global _until
    if count >= MANY:
        _until = time.monotonic() + LASTS


def is_on():
    """Whether more is likely to wait at the door."""
    return time.monotonic() < _until
