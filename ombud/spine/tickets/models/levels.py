"""Status, severity, urgency, and the visible matrix that makes a priority of the two (M10)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    NEW = "new", _("New")
    OPEN = "open", _("Open")
    WAITING = "waiting", _("Waiting for customer")
    ON_HOLD = "on_hold", _("On hold")
    RESOLVED = "resolved", _("Resolved")
    CLOSED = "closed", _("Closed")


UNDONE = (Status.NEW, Status.OPEN, Status.WAITING, Status.ON_HOLD)
OURS_TO_MOVE = (Status.NEW, Status.OPEN)


class Level(models.TextChoices):
    """How badly something hits the customer's business (severity), and how soon it hurts (urgency)."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")
    CRITICAL = "critical", _("Critical")


class Priority(models.TextChoices):
    P1 = "p1", "P1"
    P2 = "p2", "P2"
    P3 = "p3", "P3"
    P4 = "p4", "P4"


_LEVELS = (Level.LOW, Level.MEDIUM, Level.HIGH, Level.CRITICAL)
_ROWS = {  # severity, then by urgency from low to critical
    Level.LOW: ("p4", "p4", "p3", "p3"),
    Level.MEDIUM: ("p4", "p3", "p3", "p2"),
    Level.HIGH: ("p3", "p2", "p2", "p1"),
    Level.CRITICAL: ("p2", "p1", "p1", "p1"),
}
MATRIX = {
    (severity, urgency): Priority(row[at])
    for severity, row in _ROWS.items()
    for at, urgency in enumerate(_LEVELS)
}


def priority_of(severity, urgency):
    """What the matrix says."""
    return MATRIX[Level(severity), Level(urgency)]
