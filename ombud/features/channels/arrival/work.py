"""Taking in what waits: understood outside of any transaction, then settled in one for the whole batch."""

import logging
from datetime import timedelta

from django.db import connection, transaction

from ombud.features.channels import events
from ombud.features.channels.models import Incoming
from ombud.lib import files

from .arrived import Unreadable
from .channel import channels
from .known import Known
from .settling import settle

logger = logging.getLogger(__name__)
BATCH = 50
# Raw bytes that are read at once; a single larger one makes a batch of its own.
BATCH_BYTES = 16 * 1024 * 1024
# Something of ours that is broken may be well again by then; after that it waits for a person.
AGAIN = (timedelta(seconds=30), timedelta(minutes=5))
# Any number that no other advisory lock has: only one batch at a time decides what belongs together.
ONE_AT_A_TIME = 7_203_361
SETTLED = ["state", "reason", "due_at", "attempts", "error", "why", "sender", "subject", "message"]


def take_in_due(now):
    """Take in one batch of what came in; says how many, or 0 if that was all there was.

    (A lane begins again at once while something is done. On the next look there is more to do at a time.)
    """
    rows = _batch(Incoming.objects.due(now)[:BATCH])
    if rows:
        take_in(rows, now)
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
    understood = [(row, *_understood(row)) for row in rows]
    with transaction.atomic():
        held = _held([row.pk for row in rows], now)
        understood = [entry for entry in understood if entry[0].pk in held]
        _settle_all(understood, now)
        Incoming.objects.bulk_update([row for row, _arrived, _error in understood], SETTLED)
    return understood


def _understood(row):
    """(what arrived, None), or (None, the error). The files in it are stored before any row names them."""
    try:
        arrived = channels()[row.channel].read(row.content(), row)
        for _enclosed, content in arrived.enclosed:
            files.keep(content)
    except Exception as error:  # a stranger's bytes may break anything; it is shown to administrators
        if not isinstance(error, Unreadable):
            logger.exception("incoming %s could not be understood", row.pk)
        return None, error
    return arrived, None


def _held(ids, now):
    """Which of them still wait: another worker may have taken some while we read."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    return set(Incoming.objects.filter(pk__in=ids, due_at__lte=now).values_list("pk", flat=True))


def _settle_all(understood, now):
    known = Known([(row, arrived) for row, arrived, error in understood if error is None], now)
    for row, arrived, error in understood:
        row.due_at = None
        row.attempts += 1
        if error is None:
            error = _settle_one(row, arrived, known, now)
        if error is not None:
            put_aside(row, error, now)
        else:
            row.error = ""


def _settle_one(row, arrived, known, now):
    try:
        with transaction.atomic():
            settle(row, arrived, known, now)
    except Exception as error:  # the rest of the batch must go on
        logger.exception("incoming %s could not be taken in", row.pk)
        row.message = None
        return error
    return None


def put_aside(row, error, now):
    """It waits for an administrator; what may have been our own fault is tried again first."""
    row.error = f"{type(error).__name__}: {error}"[:2000]
    if isinstance(error, Unreadable):
        row.error = str(error)
    elif row.attempts <= len(AGAIN):
        row.state, row.due_at = Incoming.State.WAITING, now + AGAIN[row.attempts - 1]
        return
    row.state = Incoming.State.ASIDE
    row.reason = Incoming.Reason.UNREADABLE if isinstance(error, Unreadable) else Incoming.Reason.FAILED
    events.PUT_ASIDE.record(now=now, incoming=row.pk, reason=row.reason)
