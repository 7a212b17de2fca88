"""Taking in what waits: understood outside of any transaction, then settled in one for the whole batch."""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import connection, transaction

from ombud.features.channels import events
from ombud.features.channels.models import Incoming
from ombud.lib import files, flood
from ombud.lib.mail import clean_address

from .arrived import Arrived, Unreadable
from .channel import channels
from .keeping import storable, storable_arrived
from .known import Known
from .settling import Settlement

logger = logging.getLogger(__name__)
BATCH = 50
# When the first is due, those that came just after it are taken in with it: fewer, larger batches. Nobody
# sees the difference on the screen, and a desk takes in twice as many mails.
TOGETHER = timedelta(seconds=0.15)
# Raw bytes that are read at once; a single larger one makes a batch of its own.
BATCH_BYTES = 16 * 1024 * 1024
# Something of ours that is broken may be well again by then; after that it waits for a person.
AGAIN = (timedelta(seconds=30), timedelta(minutes=5))
# Any number that no other advisory lock has: only one batch at a time decides what belongs together.
ONE_AT_A_TIME = 7_203_361
SETTLED = [
    "state",
    "reason",
    "stopped_at",
    "due_at",
    "attempts",
    "error",
    "why",
    "sender",
    "subject",
    "message",
]


@dataclass
class Entry:
    """A row, and what it says or why it says nothing."""

    row: Incoming
    arrived: Arrived | None
    error: Exception | None


def take_in_due(now):
    """Take in one batch of what came in; says how many, or 0 if that was all there was.

    (A lane begins again at once while something is done. On the next look there is more to do at a time.)
    """
    if not Incoming.objects.due(now).exists():
        return 0
    rows = _batch(Incoming.objects.due(now + TOGETHER)[:BATCH])
    take_in(rows, now)
    flood.came_in(len(rows))
    return len(rows) if len(rows) == BATCH else 0


def _batch(rows):
    batch, size = [], 0
    for row in rows:
        size += row.size
        if batch and size > BATCH_BYTES:
            break
        batch.append(row)
    return batch


def take_in(rows, now):
    """Take in these rows. What fails is put aside by itself and never stops the others."""
    entries = [Entry(row, *_understood(row)) for row in rows]
    try:
        _settle_batch(entries, now)
    except Exception:
        if len(entries) > 1:
            logger.exception("a batch of mail could not be taken in; each is tried by itself")
            for entry in entries:
                _settle_alone(entry, now)
        else:
            _settle_alone(entries[0], now)


def _understood(row):
    """(what arrived, None), or (None, the error). The files in it are stored before any row names them."""
    try:
        arrived = storable_arrived(channels()[row.channel].read(row.content(), row))
        if arrived.said.from_address and clean_address(arrived.said.from_address) is None:
            raise Unreadable(f"“{arrived.said.from_address[:100]}” is no address that could be answered.")
        for _enclosed, content in arrived.enclosed:
            files.keep(content)
    except Exception as error:  # a stranger's bytes may break anything; it is shown to administrators
        if not isinstance(error, Unreadable):
            logger.exception("incoming %s could not be understood", row.pk)
        return None, error
    return replace(arrived, enclosed=()), None


def _settle_batch(entries, now):
    with transaction.atomic():
        held = _held([entry.row.pk for entry in entries], now)
        waiting = [entry for entry in entries if entry.row.pk in held]
        known = Known([(entry.row, entry.arrived) for entry in waiting if entry.arrived], now)
        settlement = Settlement(known, now)
        for entry in waiting:
            entry.row.due_at = None
            entry.row.attempts += 1
            entry.row.error = ""
            if entry.error is not None:
                put_aside(entry.row, entry.error, now)
            else:
                settlement.settle(entry.row, entry.arrived)
        settlement.finish()
        for row, error in settlement.failed:
            put_aside(row, error, now)
        _save([entry.row for entry in waiting])


def _settle_alone(entry, now):
    """The last resort: by itself, and put aside if even that fails."""
    entry.row.refresh_from_db()
    try:
        _settle_batch([entry], now)
    except Exception as error:
        logger.exception("incoming %s could not be taken in", entry.row.pk)
        with transaction.atomic():
            entry.row.refresh_from_db()
            if entry.row.due_at is None:
                return
            entry.row.attempts += 1
            put_aside(entry.row, error, now)
            _save([entry.row])


def _save(rows):
    """All rows in one statement; that they are there already is certain, so it never inserts."""
    Incoming.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=SETTLED)


def _held(ids, now):
    """Which of them still wait: another worker may have taken some while we read."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    return set(Incoming.objects.filter(pk__in=ids, due_at__lte=now + TOGETHER).values_list("pk", flat=True))


def put_aside(row, error, now):
    """It waits for an administrator; what may have been our own fault is tried again first."""
    row.message = None
    row.error = storable(f"{type(error).__name__}: {error}")[:2000]
    if isinstance(error, Unreadable):
        row.error = storable(str(error))[:2000]
    elif row.attempts <= len(AGAIN):
        row.state, row.reason, row.due_at = Incoming.State.WAITING, "", now + AGAIN[row.attempts - 1]
        return
    row.state, row.stopped_at, row.due_at = Incoming.State.ASIDE, now, None
    row.reason = Incoming.Reason.UNREADABLE if isinstance(error, Unreadable) else Incoming.Reason.FAILED
    events.PUT_ASIDE.record(now=now, incoming=row.pk, reason=row.reason)
