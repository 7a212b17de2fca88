"""Updates that come near, are late, or are due again after a waiver."""

from ombud.foundation.notifications.actions import tell

from . import events
from .actions.updates import end_waiver
from .models import Escalation
from .standing_in import update_owner


def work_updates(now):
    """Do what is due on one batch of escalations, the longest overdue first; says how many were taken."""
    open_ones = Escalation.objects.select_related("case", "manager")
    return open_ones.work_through(now, _fire, limit=100)


def _fire(escalation, now):
    if escalation.waived_until and escalation.waived_until <= now:
        end_waiver(escalation, now=now)
        return
    due = escalation.next_update_at
    if due is None:
        return
    if due <= now:
        escalation.late_at, escalation.fires_at = due, None
        escalation.save(update_fields=["late_at", "fires_at"])
        events.UPDATE_LATE.record(
            case=escalation.case_id, now=now, escalation=escalation.pk, due=due.isoformat()
        )
        _tell(escalation, "escalation_late", due, now)
        return
    escalation.near_told, escalation.fires_at = True, due
    escalation.save(update_fields=["near_told", "fires_at"])
    events.UPDATE_NEAR.record(case=escalation.case_id, now=now, escalation=escalation.pk, due=due.isoformat())
    _tell(escalation, "escalation_near", due, now)


def _tell(escalation, kind, due, now):
    owner = update_owner(escalation, now)
    if owner:
        key = f"{kind}:{escalation.pk}:{due.timestamp()}"
        tell([owner], kind, case=escalation.case, key=key, now=now)
