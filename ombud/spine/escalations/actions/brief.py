"""What is known and decided about an escalation (M36, M58)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import NOTE, require
from ombud.spine.escalations import events, theirs
from ombud.spine.escalations.changing import locked, require_open, require_run
from ombud.spine.escalations.models import Decision
from ombud.spine.tickets.models import Level
from ombud.spine.tickets.models.levels import priority_of

from .updates import reschedule

FIELDS = (
    "title",
    "impact",
    "at_risk",
    "understood",
    "needs",
    "workaround",
    "fix",
    "do_say",
    "do_not_say",
)


READ_BY_THEM = ("understood", "impact", "needs")


@transaction.atomic
def set_brief(escalation, *, by, now, **fields):
    """Write anew what is known: any of FIELDS; money at risk in minor units or None.

    The customer reads READ_BY_THEM in their room, so another account's name is refused there.
    """
    require(by, NOTE)
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"an escalation has no {sorted(unknown)}")
    escalation = locked(escalation)
    require_open(escalation)
    if not fields.get("title", escalation.title).strip():
        raise ValidationError({"title": _("Give it a title.")})
    _keep_others_out(escalation, fields)
    changed = [name for name, value in fields.items() if getattr(escalation, name) != value]
    for name in changed:
        setattr(escalation, name, fields[name])
    if changed:
        escalation.save(update_fields=changed)
        events.BRIEF_SET.record(
            case=escalation.case_id, by=by, now=now, escalation=escalation.pk, fields=sorted(changed)
        )
    return escalation


def _keep_others_out(escalation, fields):
    for field in READ_BY_THEM:
        other = theirs.names_another(fields.get(field, ""), escalation.account_id)
        if other and fields[field] != getattr(escalation, field):
            raise ValidationError(
                {field: _("The customer reads this, and it names %(other)s.") % {"other": other}}
            )


@transaction.atomic
def set_levels(escalation, *, severity=None, urgency=None, by, now):
    """How badly and how soon it hurts; the priority follows, and the next update if it is due sooner now."""
    escalation = locked(escalation)
    require_open(escalation)
    require_run(by, escalation)
    new = Level(severity or escalation.severity), Level(urgency or escalation.urgency)
    if new == (escalation.severity, escalation.urgency):
        return
    escalation.severity, escalation.urgency = new
    escalation.priority = priority_of(*new)
    escalation.save(update_fields=["severity", "urgency", "priority"])
    events.LEVELS_SET.record(
        case=escalation.case_id,
        by=by,
        now=now,
        escalation=escalation.pk,
        severity=new[0],
        urgency=new[1],
    )
    reschedule(escalation, now, by, "levels")


@transaction.atomic
def decide(escalation, what, basis="", *, by, now):
    """Write down what was decided and on what information. It stays; a new decision overrules it."""
    require(by, NOTE)
    escalation = locked(escalation)
    require_open(escalation)
    if not what.strip():
        raise ValidationError({"what": _("Say what was decided.")})
    decision = Decision.objects.create(
        escalation=escalation, what=what.strip()[:500], basis=basis.strip(), by=by, decided_at=now
    )
    events.DECIDED.record(
        case=escalation.case_id, by=by, now=now, escalation=escalation.pk, decision=decision.pk
    )
    return decision
