"""Firing promises: warnings, breaks, and pauses that lasted too long. A batch costs a handful of statements.

Warnings and breaks change promises only, never tickets: so a worker waits for nobody, and nobody for it.
"""

import logging
from collections import defaultdict
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from . import events
from .actions.keeping import book_of
from .book import iso
from .models import Promise, State
from .reckoning import breaks_at, set_fuse

logger = logging.getLogger(__name__)
BATCH = 500  # on SQLite the write lock is held for a batch: 0.1 to 0.2 s
NEEDED = ("ticket_id", "kind", "state", "due_at", "fires_at", "alarms", "answered_at")
SETBACK = timedelta(minutes=1)


def work_promises(now):
    """Fire one batch of what is due, the longest overdue first; says how many were taken."""
    if Promise.objects.nothing(now):
        return 0
    try:
        with transaction.atomic():
            rows = Promise.objects.only(*NEEDED).locked(now, BATCH)
            _fire([row for row in rows if row.state == State.RUNNING], now)
    except Exception:
        logger.exception("a batch of promises failed; its promises are taken one by one")
        return _one_by_one(now)
    for row in rows:
        if row.state == State.PAUSED:
            _alone(_end_pause, row, now)
    return len(rows)


def _one_by_one(now):
    taken = list(Promise.objects.due(now)[:BATCH])
    for row in taken:
        _alone(_end_pause if row.state == State.PAUSED else _fire_one, row, now)
    return len(taken)


def _alone(deed, row, now):
    """A row that fails is set back; the others go on."""
    try:
        deed(row, now)
    except Exception:
        logger.exception("%r could not be fired", row)
        Promise.objects.filter(pk=row.pk, fires_at__lte=now).update(fires_at=now + SETBACK)


def _fire_one(row, now):
    with transaction.atomic():
        _fire(list(_not_taken().filter(pk=row.pk, fires_at__lte=now, state=State.RUNNING)), now)


def _not_taken():
    promises = Promise.objects.all()
    if connection.features.has_select_for_update_skip_locked:
        promises = promises.select_for_update(skip_locked=True)
    return promises


def _fire(promises, now):
    broken = [promise for promise in promises if breaks_at(promise) <= now]
    gone = {promise.pk for promise in broken}
    _break(broken, now)
    _warn([promise for promise in promises if promise.pk not in gone], now)


def _break(promises, now):
    if not promises:
        return
    Promise.objects.filter(pk__in=[promise.pk for promise in promises]).update(
        state=State.BROKEN, broken_at=F("due_at"), fires_at=None, alarms=[]
    )
    events.BROKEN.record_many([(p.ticket_id, _data(p)) for p in promises], now=now)


def _warn(promises, now):
    if not promises:
        return
    happened = []
    for promise in promises:
        past = [percent for at, percent in promise.alarms if datetime.fromisoformat(at) <= now]
        promise.alarms = promise.alarms[len(past) :]
        set_fuse(promise)
        if past:
            happened.append((promise.ticket_id, _data(promise) | {"percent": past[-1]}))
    _save_fuses(promises)
    events.WARNED.record_many(happened, now=now)


def _save_fuses(promises):
    """Most promises of a storm share their next time; one statement for each that is different."""
    same = defaultdict(list)
    for promise in promises:
        same[(promise.fires_at, str(promise.alarms))].append(promise)
    for group in same.values():
        Promise.objects.filter(pk__in=[promise.pk for promise in group]).update(
            fires_at=group[0].fires_at, alarms=group[0].alarms
        )


def _end_pause(row, now):
    with book_of(row.ticket_id, now=now) as book:
        if book:
            book.catch_up(now)


def _data(promise):
    return {
        "ticket": promise.ticket_id,
        "promise": promise.pk,
        "kind": promise.kind,
        "due": iso(promise.due_at),
    }
