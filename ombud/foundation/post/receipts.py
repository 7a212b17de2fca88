"""What a server has taken and the database does not say yet: a line in a file for each such letter.

Letters are written down as sent in groups. A process that is killed in between leaves its receipts behind,
and the next one reads them, so that only the very letter that was being handed over may go out twice. The
lines are not synced: after a power cut a group may go out again, under its Message-IDs.
"""

import fcntl
import json
import logging
import os
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Receipt:
    """One letter that was taken: on which lease, when, and the columns that say how."""

    letter: int
    case: int | None
    leased_at: datetime
    attempts: int
    at: datetime
    state: str
    columns: dict = field(default_factory=dict)

    def as_line(self):
        told = asdict(self) | {"leased_at": self.leased_at.isoformat(), "at": self.at.isoformat()}
        return json.dumps(told).encode() + b"\n"

    @classmethod
    def from_line(cls, line):
        told = json.loads(line)
        times = {name: datetime.fromisoformat(told[name]) for name in ("leased_at", "at")}
        return cls(**told | times)


class Receipts:
    """The file of this process; its lock tells others that we live."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{secrets.token_hex(8)}.receipts"
        self.file = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_APPEND, 0o600)
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def write(self, receipt):
        """Raises OSError when the disk will not have it."""
        os.write(self.file, receipt.as_line())

    def unwritten(self):
        """Those that the database did not take when it was told."""
        if not os.fstat(self.file).st_size:
            return []
        with self.path.open("rb") as file:
            return [receipt for line in file if (receipt := _read(line, self.path))]

    def tear_up(self):
        """The database says it now."""
        os.ftruncate(self.file, 0)


def all_left_behind():
    """Pairs of a path and its receipts, of processes that died; nobody else gets them meanwhile."""
    for path in sorted(_folder().glob("*.receipts")):
        yield from _of_the_dead(path)


def _of_the_dead(path):
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield path, [receipt for line in file if (receipt := _read(line, path))]
    except (BlockingIOError, FileNotFoundError):  # its owner lives, or another was quicker
        return


def _read(line, path):
    try:
        return Receipt.from_line(line)
    except (ValueError, TypeError, KeyError):
        logger.warning("a receipt in %s is not whole; its letter goes out again when its lease is over", path)
        return None


def receipts():
    """Those of this process."""
    return _of(_folder())


def _folder():
    return Path(settings.DATA) / "post"


@cache
def _of(folder):
    return Receipts(folder)
