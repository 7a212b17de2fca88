"""An update whose manager is away passes to their deputy, who hears of it the day before."""

from datetime import timedelta

from ombud.foundation.notifications.actions import tell
from ombud.foundation.people.queries import is_away
from ombud.spine.ladders.queries import present

from . import events
from .models import Escalation, Stakeholder, StandIn
from .queries import visible_to

DAY_BEFORE = timedelta(days=1)


def update_owner(escalation, at):
    """Who writes an update at a time: the manager, or their deputy while they are away.

    A manager without a deputy who is there keeps it; None only where nobody leads it.
    """
    manager = escalation.manager
    if manager is None or not is_away(manager, at):
        return manager
    return next(iter(present([manager], at)), manager)


def look_the_day_before(escalations, now):
    """Set when to look who writes the next update of each; at once where that is less than a day ahead."""
    for one in escalations:
        due = one.next_update_at and max(now, one.next_update_at - DAY_BEFORE)
        StandIn.objects.update_or_create(escalation=one, defaults={"due_at": due if one.manager_id else None})


def work_stand_ins(now):
    """Look who writes what is due within a day; says how many were looked at."""
    rows = StandIn.objects.select_related("escalation__case", "escalation__manager")
    return rows.work_through(now, _look)


def _look(row, now):
    escalation = row.escalation
    due = escalation.next_update_at
    if due is None or not escalation.is_open:
        return
    owner = update_owner(escalation, due)
    if owner is None or owner == escalation.manager:
        return
    if not visible_to(owner).filter(pk=escalation.pk).exists():
        kept = {"role": Stakeholder.Role.INFORMED, "told_at": now}
        Stakeholder.objects.get_or_create(escalation=escalation, person=owner, defaults=kept)
    key = f"escalation stands in:{escalation.pk}:{due.timestamp()}"
    tell([owner], "escalation_stands_in", case=escalation.case, key=key, now=now)
    events.UPDATE_PASSED.record(
        case=escalation.case_id, now=now, escalation=escalation.pk, person=owner.pk, due=due.isoformat()
    )


def led_by(person_id):
    """The open escalations of a person that have an update due."""
    return Escalation.objects.open().filter(manager=person_id, next_update_at__isnull=False)
