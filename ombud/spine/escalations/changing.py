"""How a verb changes an escalation: with the row locked, only the columns it owns, and its next time set."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from .cadence import near
from .models import Escalation
from .queries import may_run


def locked(escalation):
    """The row as it is now, kept from others until the transaction ends."""
    rows = Escalation.objects.select_related("account", "customer", "case")
    if connection.features.has_select_for_update_of:
        rows = rows.select_for_update(of=("self",))
    return rows.get(pk=escalation.pk)


def require_run(by, escalation):
    """Only who may lead it on goes on from here."""
    if by is not None and not may_run(by, escalation):
        raise PermissionDenied("escalations")


def require_open(escalation):
    """A closed one is history."""
    if not escalation.is_open:
        raise ValidationError(_("This escalation is over. Raise a new one if it came back."))


def set_update(escalation, due, now):
    """The one next update is due then; a waiver ends, lateness ends."""
    escalation.next_update_at, escalation.late_at, escalation.near_told = due, None, False
    escalation.waived_until, escalation.waived_by, escalation.waived_why = None, None, ""
    escalation.fires_at = max(now, near(now, due))


UPDATE = [
    "next_update_at",
    "late_at",
    "near_told",
    "fires_at",
    "waived_until",
    "waived_by",
    "waived_why",
]
