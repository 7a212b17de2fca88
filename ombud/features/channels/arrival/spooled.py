"""What stands in the spool, group by group, until it is taken in."""

import json
import logging
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from ombud.lib import files

from . import spool
from .keeping import Delivered, row_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mail:
    """One accepted mail: what the wire knew of it, and where its bytes stand."""

    delivered: Delivered  # without its bytes
    sha256: str
    size: int
    bytes_at: Path

    def row(self):
        """A row for it that is not saved yet."""
        return row_of(self.delivered, self.sha256, self.size)


@dataclass(frozen=True)
class Group:
    """Mails that were accepted together, and that leave the spool together."""

    list_at: Path
    mails: tuple[Mail, ...]

    @property
    def size(self):
        return sum(mail.size for mail in self.mails)

    def is_there(self):
        """False once another process has taken it in."""
        return self.list_at.exists()

    def remove(self):
        """It is in the database. The list goes first, so that it never names bytes that are gone."""
        for path in (self.list_at, *(mail.bytes_at for mail in self.mails)):
            path.unlink(missing_ok=True)


def file_bytes(groups):
    """Give the bytes their place among the files; the syncs to be waited for before any row names them."""
    places = files.adopt((mail.sha256, mail.bytes_at) for group in groups for mail in group.mails)
    return [files.DISK.submit(files.sync_folder, place) for place in places]


class Reader:
    """Reads the lists of a spool, the oldest first. It remembers what it saw: a spool may be long."""

    def __init__(self, place):
        self.place = place
        self.seen = deque()

    def take(self, count, size, besides=()):
        """The next groups: as many as begin within so many mails and bytes.

        `besides`: those that were taken for the same batch and are still in the folder.
        """
        groups, taken = [], {group.list_at for group in besides}
        if not self.seen:
            self.seen.extend(path for path in self._look() if path not in taken)
        while self.seen and count > 0 and size > 0:
            group = _read(self.seen.popleft())
            if group is not None:
                count, size = count - len(group.mails), size - group.size
                groups.append(group)
        return groups

    def has_seen_more(self):
        """Whether the last look into the folder found more than was taken since."""
        return bool(self.seen)

    def _look(self):
        try:
            return sorted(path for path in self.place.iterdir() if path.suffix == ".list")
        except FileNotFoundError:
            return []


@cache
def reader_of(place):
    """The one reader of a folder in this process."""
    return Reader(place)


def reader():
    """The reader of this desk's spool."""
    return reader_of(spool.folder())


def _read(path):
    """The group of a list; None when another process took it in, or when it cannot be read."""
    try:
        told = json.loads(path.read_bytes())
        return Group(path, tuple(_mail(one, path.parent) for one in told))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError):
        # No list of ours is half written; a broken disk must not keep the others from coming in.
        logger.exception("%s cannot be read; it stays there as .broken, with the mails beside it", path)
        path.rename(path.with_suffix(".broken"))
        return None


def _mail(told, place):
    file, size, sha256 = (told.pop(name) for name in ("file", "size", "sha256"))
    at = datetime.fromisoformat(told.pop("at"))
    return Mail(Delivered(raw=b"", at=at, **told), sha256, size, place / file)
