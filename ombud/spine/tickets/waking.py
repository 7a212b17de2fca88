"""Sleeping tickets whose time has come."""

from .actions.moving import wake
from .models import Ticket


def wake_due(now):
    """Wake what is due; says how many."""
    return Ticket.objects.work_through(now, wake)
