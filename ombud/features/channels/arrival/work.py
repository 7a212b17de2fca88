"""Taking in what waits: understood outside of any transaction, then settled in one for the whole batch."""

import logging
import time
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
from .spooled import Mail, file_bytes, reader

logger = logging.getLogger(__name__)
BATCH = 50
# While a flood is on, what comes just after the first is taken in with it: fewer, larger batches. Nobody
# sees the difference on the screen, and a desk takes in twice as many mails. The first of a quiet hour never
# waits.
TOGETHER = 0.1  # seconds
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
# What an administrator may want to look at is an event.
STOPPED = {Incoming.State.ASIDE: events.PUT_ASIDE, Incoming.State.IGNORED: events.IGNORED}


@dataclass
class Entry:
    """A row, and what it says or why it says nothing. A `mail` of the spool is no row yet."""

    row: Incoming
    mail: Mail | None = None
    arrived: Arrived | None = None
    error: Exception | None = None

    def begin_again(self):
        """Forget what a failed attempt left in the row."""
        if self.mail is None:
            self.row.refresh_from_db()
        else:
            self.row = self.mail.row()


def take_in_due(now):
    """Take in one batch of what came in; says how many, or 0 if that was all there was.

    (A lane begins again at once while something is done. On the next look there is more to do at a time.)
    """
    rows = [] if Incoming.objects.nothing(now) else _batch(Incoming.objects.due(now)[:BATCH])
    groups = _from_spool(BATCH - len(rows))
    count = len(rows) + sum(len(group.mails) for group in groups)
    if not count:
        return 0
    syncing = file_bytes(groups)
    groups = [group for group in groups if group.is_there()]
    mails = [mail for group in groups for mail in group.mails]
    entries = [*map(Entry, rows), *(Entry(mail.row(), mail) for mail in mails)]
    understand(entries)
    for sync in syncing:
        sync.result()
    _take_in(entries, now)
    for group in groups:
        group.remove()
    flood.came_in(count)
    return count if len(rows) == BATCH or reader().has_seen_more() else 0


def _batch(rows):
    batch, size = [], 0
    for row in rows:
        size += row.size
        if batch and size > BATCH_BYTES:
            break
        batch.append(row)
    return batch


def _from_spool(count):
    """The next mails of the spool; while a flood is on, with those that come within a moment."""
    if count <= 0:
        return []
    groups = reader().take(count, BATCH_BYTES)
    if groups and flood.is_on() and not reader().has_seen_more():
        time.sleep(TOGETHER)
        missing = count - sum(len(group.mails) for group in groups)
        size = BATCH_BYTES - sum(group.size for group in groups)
        groups += reader().take(missing, size, besides=groups)
    return groups


def take_in(rows, now):
    """Take in these rows. What fails is put aside by itself and never stops the others."""
    entries = [Entry(row) for row in rows]
    understand(entries)
    _take_in(entries, now)


def _take_in(entries, now):
    try:
        _settle_batch(entries, now)
    except Exception:
        if len(entries) > 1:
            logger.exception("a batch of mail could not be taken in; each is tried by itself")
        for entry in entries:
            _settle_alone(entry, now)


def understand(entries):
    """What each says, or its error. The files in them are stored before any row names them."""
    storing = [(entry, _understand(entry)) for entry in entries]
    for entry, files_of_it in storing:
        for file in files_of_it:
            if (error := file.exception()) is not None:
                logger.error("a file of %s could not be stored", entry.row, exc_info=error)
                entry.arrived, entry.error = None, error


def _understand(entry):
    """Read one; the files in it that are just being stored, since a disk does several at a time."""
    row = entry.row
    try:
        arrived = storable_arrived(channels()[row.channel].read(row.content(), row))
        if arrived.said.from_address and clean_address(arrived.said.from_address) is None:
            raise Unreadable(f"“{arrived.said.from_address[:100]}” is no address that could be answered.")
    except Exception as error:  # a stranger's bytes may break anything; it is shown to administrators
        if not isinstance(error, Unreadable):
            logger.exception("%s could not be understood", row)
        entry.error = error
        return []
    entry.arrived = replace(arrived, enclosed=())
    return [files.DISK.submit(files.keep, content) for _enclosed, content in arrived.enclosed]


def _settle_batch(entries, now):
    with transaction.atomic():
        waiting = _still_waiting(entries, now)
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
        _save([entry.row for entry in waiting], now)


def _settle_alone(entry, now):
    """The last resort: by itself, and put aside if even that fails."""
    entry.begin_again()
    try:
        _settle_batch([entry], now)
    except Exception as error:
        logger.exception("%s could not be taken in", entry.row)
        with transaction.atomic():
            entry.begin_again()
            if _still_waiting([entry], now):
                entry.row.attempts += 1
                put_aside(entry.row, error, now)
                _save([entry.row], now)


def _save(rows, now):
    """In one statement each: those that were rows already, and those that were in the spool until now."""
    fresh = [row for row in rows if row.pk is None]
    waited = [row for row in rows if row.pk is not None]
    if waited:  # that they are there is certain, so it never inserts
        Incoming.objects.bulk_create(
            waited, update_conflicts=True, unique_fields=["id"], update_fields=SETTLED
        )
    if fresh:
        Incoming.objects.bulk_create(fresh)
    for row in rows:
        if row.stopped_at == now and row.state in STOPPED:
            STOPPED[row.state].record(now=now, incoming=row.pk, reason=row.reason)


def _still_waiting(entries, now):
    """Those that nobody else has taken in while we read."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    ids = [entry.row.pk for entry in entries if entry.mail is None]
    held = Incoming.objects.filter(pk__in=ids, due_at__lte=now).values_list("pk", flat=True) if ids else ()
    keys = [entry.row.key for entry in entries if entry.mail is not None]
    taken = Incoming.objects.filter(key__in=keys).values_list("key", flat=True) if keys else ()
    held, taken = set(held), set(taken)
    return [
        entry
        for entry in entries
        if (entry.row.pk in held if entry.mail is None else entry.row.key not in taken)
    ]


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
