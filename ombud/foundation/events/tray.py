"""The tray: events on their way to their followers, taken in batches by any number of workers."""

import logging
from collections import defaultdict
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import DateTimeField

from ombud.lib.glance import Glance
from ombud.lib.prepared import Slot

from .log import BATCHED, SINGLE
from .models import Delivery

logger = logging.getLogger(__name__)
BATCH = 100  # on SQLite the write lock is held for a batch: a larger one makes people wait
ATTEMPTS = 8  # the last is about two hours after the first
FIRST_WAIT = timedelta(seconds=30)
LOOK = Glance({"due": lambda: Delivery.objects.filter(due_at__lte=Slot("now", DateTimeField()))})


def work_tray(now):
    """Deliver one batch of what is due; says how many were taken."""
    if not LOOK(now=now)["due"]:
        return 0  # found out without keeping other writers waiting
    with transaction.atomic():
        deliveries = list(_due(now)[:BATCH])
        if len(deliveries) == BATCH:
            deliveries += _more_of_the_same(deliveries, now)
        waiting = defaultdict(list)
        for delivery in deliveries:
            waiting[delivery.follower].append(delivery)
        for follower, group in waiting.items():
            _deliver(follower, group, now)
    return len(deliveries)


def _due(now):
    due = Delivery.objects.filter(due_at__lte=now).order_by("due_at", "id").select_related("event")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    return due


def _more_of_the_same(deliveries, now):
    """What happened at once is followed at once: a storm is one list then, not one for each batch."""
    together = {delivery.follower for delivery in deliveries} & set(BATCHED)
    taken = [delivery.pk for delivery in deliveries]
    return _due(now).filter(follower__in=together).exclude(pk__in=taken)[:BATCH]


def _deliver(follower, group, now):
    if follower in BATCHED and len(group) > 1 and _try(BATCHED[follower], [d.event for d in group]) is None:
        Delivery.objects.filter(pk__in=[d.pk for d in group]).delete()
        return
    done = []
    for delivery in group:
        error = _follow_one(follower, delivery.event)
        if error is None:
            done.append(delivery.pk)
        else:
            _set_back(delivery, error, now)
    Delivery.objects.filter(pk__in=done).delete()


def _follow_one(follower, event):
    if follower in BATCHED:
        return _try(BATCHED[follower], [event])
    if follower in SINGLE:
        return _try(SINGLE[follower], event)
    return None  # its room was taken out of the house


def _try(function, argument):
    try:
        with transaction.atomic():
            function(argument)
    except Exception as error:  # a follower's failure must not stop the others: it is kept on the row
        logger.exception("%s.%s failed", function.__module__, function.__name__)
        return f"{type(error).__name__}: {error}"
    return None


def _set_back(delivery, error, now):
    delivery.attempts += 1
    delivery.error = error
    last = delivery.attempts >= ATTEMPTS
    delivery.due_at = None if last else now + FIRST_WAIT * 2 ** (delivery.attempts - 1)
    delivery.save(update_fields=["attempts", "error", "due_at"])


def retry_dead(now):
    """Put every dead delivery back into the tray; says how many."""
    return Delivery.objects.filter(due_at=None).update(due_at=now, attempts=0)


def gauges(now):
    """How long the oldest delivery that is due has waited, and how many nobody will try again."""
    waiting = Delivery.objects.filter(due_at__lte=now).order_by("due_at").values_list("due_at", flat=True)
    oldest = waiting.first()
    age = (now - oldest).total_seconds() if oldest else 0
    yield "tray_lag_seconds", "How long the oldest event waits for a follower", [({}, age)]
    dead = Delivery.objects.filter(due_at=None).count()
    yield "dead_deliveries", "Events that a follower failed to follow for good", [({}, dead)]
