"""Climbs whose time has come."""

from .actions.climbs import advance
from .models import Climb

BATCH = 100  # each tells people: on SQLite the write lock is held for a batch


def work_climbs(now):
    """Do what is due on one batch of climbs, the longest overdue first; says how many were taken."""
    climbs = Climb.objects.select_related("ticket__case", "ticket__customer", "ticket__account")
    return climbs.work_through(now, advance, limit=BATCH)
