"""Climbs whose time has come, and what has lasted long enough to begin one."""

from .actions.climbs import advance
from .actions.waiting import look
from .models import Climb, Watch
from .queries import ladders

BATCH = 100  # each tells people: on SQLite the write lock is held for a batch


def work_climbs(now):
    """Do what is due on one batch of climbs, the longest overdue first; says how many were taken."""
    climbs = Climb.objects.select_related(
        "ticket__case", "ticket__customer", "ticket__account", "promise", "ladder"
    )
    return climbs.work_through(now, advance, limit=BATCH)


def work_watches(now):
    """Look at one batch of what was to last so long; says how many were looked at."""
    if Watch.objects.nothing(now):
        return 0
    among = ladders()  # once for the batch
    return Watch.objects.work_through(now, lambda watch, now: look(watch, now=now, among=among), limit=BATCH)
