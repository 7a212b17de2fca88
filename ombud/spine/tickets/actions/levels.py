"""Severity, urgency, and the priority that the matrix makes of them (M10)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import CHANGE, OVERRULE, require
from ombud.spine.tickets import events
from ombud.spine.tickets.changing import change
from ombud.spine.tickets.models import Level, Priority
from ombud.spine.tickets.models.levels import priority_of


def set_severity(ticket, level, *, by, now):
    """How badly it hits the customer's business; the priority follows unless it was overruled."""
    _set_level(ticket, "severity", level, events.SEVERITY_SET, by, now)


def set_urgency(ticket, level, *, by, now):
    """How soon it hurts; the priority follows unless it was overruled."""
    _set_level(ticket, "urgency", level, events.URGENCY_SET, by, now)


@transaction.atomic
def overrule_priority(ticket, priority, reason, *, by, now):
    """Set a priority against the matrix. It stays until `follow_matrix`, and its reason is kept."""
    if by is not None:
        require(by, OVERRULE)
    if priority not in Priority.values:
        raise ValidationError(_("There is no such priority."))
    if not reason.strip():
        raise ValidationError(_("Say why the matrix is overruled."))
    change(ticket, by=by, now=now, priority_reason=reason.strip()[:300])
    _set_priority(ticket, Priority(priority), by, now, overruled=True)


@transaction.atomic
def follow_matrix(ticket, *, by, now):
    """Let the matrix decide again."""
    if by is not None:
        require(by, CHANGE)
    change(ticket, by=by, now=now, priority_reason="")
    _set_priority(ticket, priority_of(ticket.severity, ticket.urgency), by, now, overruled=False)


@transaction.atomic
def _set_level(ticket, field, level, verb, by, now):
    if by is not None:
        require(by, CHANGE)
    if level not in Level.values:
        raise ValidationError(_("There is no such level."))
    old = getattr(ticket, field)
    if old == level:
        return
    change(ticket, by=by, now=now, **{field: Level(level)})
    verb.record(case=ticket.case_id, by=by, now=now, ticket=ticket.pk, old=old, new=level)
    if not ticket.priority_reason:
        _set_priority(ticket, priority_of(ticket.severity, ticket.urgency), by, now, overruled=False)


def _set_priority(ticket, priority, by, now, overruled):
    old = ticket.priority
    if old == priority:
        return
    change(ticket, by=by, now=now, priority=priority)
    events.PRIORITY_SET.record(
        case=ticket.case_id, by=by, now=now, ticket=ticket.pk, old=old, new=priority, overruled=overruled
    )
