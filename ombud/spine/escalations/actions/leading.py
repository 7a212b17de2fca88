"""Who leads an escalation, and how far it is."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.notifications.actions import tell
from ombud.foundation.people.permissions import ANSWER, may
from ombud.spine.escalations import events, queries
from ombud.spine.escalations.changing import UPDATE, locked, require_open, require_run
from ombud.spine.escalations.gates import after, missing
from ombud.spine.escalations.models import Stage


def assign(escalation, person, *, by, now, how="raised"):
    """Name its manager, who is told. None, where nobody is there: it stays without one, in sight."""
    old = escalation.manager_id
    if person is None or person.pk == old:
        return
    escalation.manager = person
    escalation.save(update_fields=["manager"])
    events.ASSIGNED.record(
        case=escalation.case_id,
        by=by,
        now=now,
        escalation=escalation.pk,
        old=old,
        new=person.pk,
        how=how,
    )
    tell(
        [person],
        "escalation_given",
        case=escalation.case,
        key=f"escalation given:{escalation.pk}:{now.timestamp()}",
        now=now,
        by=by,
    )


@transaction.atomic
def take_over(escalation, *, by, now):
    """Somebody takes it on themselves (M46): recorded, and the one who had it is told."""
    if not may(by, ANSWER):
        raise ValidationError(_("Who leads an escalation answers customers; your role does not."))
    escalation = locked(escalation)
    require_open(escalation)
    before = escalation.manager
    assign(escalation, by, by=by, now=now, how="taken")
    if before and before.pk != by.pk:
        tell(
            [before],
            "escalation_taken",
            case=escalation.case,
            key=f"escalation taken:{escalation.pk}:{now.timestamp()}",
            now=now,
            by=by,
        )


@transaction.atomic
def hand_over(escalation, person, *, by, now):
    """Give it to somebody else, who is told."""
    escalation = locked(escalation)
    require_open(escalation)
    require_run(by, escalation)
    if not may(person, ANSWER):
        raise ValidationError(_("%(name)s cannot answer customers.") % {"name": person.name})
    assign(escalation, person, by=by, now=now, how="handed")


@transaction.atomic
def reach(escalation, stage, *, by, now):
    """It comes a stage further. Refused with what is missing; a stage is never skipped or gone back."""
    escalation = locked(escalation)
    require_open(escalation)
    require_run(by, escalation)
    if stage != after(escalation.stage):
        raise ValidationError(_("One stage after the other: choose the next one."))
    wanting = missing(escalation, **queries.facts_of(escalation))
    if wanting:
        raise ValidationError(wanting)
    old, escalation.stage = escalation.stage, Stage(stage)
    escalation.save(update_fields=["stage"])
    events.REACHED.record(
        case=escalation.case_id, by=by, now=now, escalation=escalation.pk, old=old, new=stage
    )
    if stage == Stage.REVIEWED:
        _close(escalation, now)
        events.CLOSED.record(case=escalation.case_id, by=by, now=now, escalation=escalation.pk)


@transaction.atomic
def de_escalate(escalation, why, *, by, now):
    """It is none, or none any more; the reason is kept. Its tickets go on as tickets."""
    escalation = locked(escalation)
    require_open(escalation)
    require_run(by, escalation)
    if not why.strip():
        raise ValidationError({"why": _("Say why it is no escalation any more.")})
    escalation.closed_why = why.strip()[:300]
    _close(escalation, now)
    events.DE_ESCALATED.record(
        case=escalation.case_id, by=by, now=now, escalation=escalation.pk, stage=escalation.stage
    )


def _close(escalation, now):
    escalation.closed_at = now
    escalation.next_update_at = escalation.fires_at = escalation.waived_until = None
    escalation.late_at, escalation.waived_by, escalation.waived_why = None, None, ""
    escalation.save(update_fields=["closed_at", "closed_why", *UPDATE])
    escalation.solutions.filter(answered_at=None, withdrawn_at=None).update(withdrawn_at=now, fires_at=None)
    escalation.involved.filter(left_at=None).update(left_at=now)
