"""Storing what comes in before anybody is told that we have it."""

from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import datetime

from django.db import transaction

from ombud.features.channels.models import Incoming
from ombud.lib import files


@dataclass(frozen=True)
class Delivered:
    """What a wire hands in: the bytes as they came, and what only it knows.

    `key`: each is taken once.
    """

    raw: bytes
    channel: str
    source: str
    at: datetime
    mailbox_id: int | None = None
    envelope_from: str = ""
    envelope_to: list = field(default_factory=list)
    remote: str = ""
    key: str = ""
    trusted: bool = False
    let_in: bool = False


def keep(delivered):
    """Store one thing and answer with its row; the row that is there already if its key is known."""
    kept = keep_all([delivered])
    return kept[0] if kept else Incoming.objects.get(key=delivered.key)


def keep_all(delivered):
    """Store several things in one commit; those whose key is known already are left out of the answer.

    When it returns they survive a power cut: the files are synced before the rows name them, and the rows
    are committed. Whatever is wrong (no disk, no database) is raised, and nothing was taken.
    """
    return write_rows([(one, files.keep(one.raw)) for one in delivered])


@transaction.atomic
def write_rows(stored):
    """The rows of what stands in the files already: pairs of what was delivered and its SHA-256."""
    keys = [one.key for one, _sha256 in stored if one.key]
    known = set(Incoming.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
    fresh = {}
    for number, (one, sha256) in enumerate(stored):
        if one.key not in known:
            fresh.setdefault(one.key or number, row_of(one, sha256, len(one.raw)))
    return Incoming.objects.bulk_create(fresh.values())


def row_of(one, sha256, size):
    """The row, not yet saved, of something whose bytes stand in the files."""
    return Incoming(
        channel=one.channel,
        source=one.source,
        key=one.key or None,
        raw=sha256,
        size=size,
        mailbox_id=one.mailbox_id,
        envelope_from=storable(one.envelope_from)[:320],
        envelope_to=[storable(address)[:320] for address in one.envelope_to],
        remote=one.remote[:64],
        received_at=one.at,
        trusted=one.trusted,
        let_in=one.let_in,
        due_at=one.at,
    )


def storable_arrived(arrived):
    """The same with every text such as a database can hold."""
    return replace(arrived, said=_clean(arrived.said), why=tuple(map(storable, arrived.why)))


def _clean(value):
    if isinstance(value, str):
        return value if value.isascii() and "\x00" not in value else storable(value)
    if isinstance(value, (list, tuple)):
        return [_clean(one) for one in value]
    if is_dataclass(value):
        return replace(value, **{field.name: _clean(getattr(value, field.name)) for field in fields(value)})
    return value


def storable(text):
    """PostgreSQL takes no NUL, and no database takes half a surrogate pair: a stranger may send both."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
