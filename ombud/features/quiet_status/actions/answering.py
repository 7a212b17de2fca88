"""Saying how it stands."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.features.quiet_status import events, queries
from ombud.features.quiet_status.models import LINE, Answer, Kind, State
from ombud.features.quiet_status.planner import locked_wishes, set_next
from ombud.foundation.notifications.actions import tell
from ombud.spine.escalations.queries import may_run


@transaction.atomic
def answer(escalation, person, kind, *, line="", eta=None, request=None, by=None, now):
    """A technical owner says how it stands, asked or unasked; answers with what was kept.

    It answers what they are asked about it. With `request`, the one that a link names, it happens once.
    `eta` goes with a new time. Being blocked, or a time that comes too late for the customer, is told to who
    leads it at once. Raises ValidationError.
    """
    if by is not None and by.pk != person.pk and not may_run(by, escalation):
        raise PermissionDenied("escalations")
    wishes = locked_wishes(person)
    _require_open(escalation, person)
    asked = queries.open_request(escalation, person)
    if request is not None and (asked is None or asked.pk != request.pk):
        raise ValidationError(_("This was answered already. Nothing was changed."))
    kind, eta = Kind(kind), _checked(kind, eta, now)
    kept = Answer.objects.create(
        escalation=escalation,
        person=person,
        request=asked,
        kind=kind,
        line=" ".join(line.split())[:LINE],
        eta=eta,
        by=by or person,
        answered_at=now,
    )
    if asked:
        asked.state, asked.goes_at = State.ANSWERED, None
        asked.save(update_fields=["state", "goes_at"])
    events.ANSWERED.record(
        case=escalation.case_id,
        by=by or person,
        now=now,
        escalation=escalation.pk,
        person=person.pk,
        answer=kept.pk,
        kind=str(kind),
    )
    _tell(kept, asked, now)
    set_next(wishes)
    return kept


def _require_open(escalation, person):
    escalation.refresh_from_db(fields=["closed_at", "next_update_at"])
    if not escalation.is_open:
        raise ValidationError(_("This escalation is over. Nothing was changed."))
    if not queries.owns(person, escalation):
        raise ValidationError(_("%(name)s does not own its fix.") % {"name": person.name})


def _checked(kind, eta, now):
    if kind != Kind.NEW_ETA:
        return None
    if eta is None:
        raise ValidationError({"eta": _("Say by when you expect it now.")})
    if eta <= now:
        raise ValidationError({"eta": _("Choose a time that is still to come.")})
    return eta


def _tell(kept, asked, now):
    """What cannot wait reaches who leads it; what somebody asked for by hand reaches who asked."""
    escalation, by = kept.escalation, kept.by
    said = "status_blocked" if kept.kind == Kind.BLOCKED else "status_later" if is_late(kept, now) else None
    key = f"status answer:{kept.pk}"
    asker = asked.asked_by if asked else None
    if said and escalation.manager:
        tell([escalation.manager], said, case=escalation.case, key=key, now=now, by=by)
    if asker and not (said and asker == escalation.manager):
        tell([asker], "status_answered", case=escalation.case, key=key, now=now, by=by)


def is_late(kept, now):
    """Whether the new time comes after the customer's next update, or after what they were promised."""
    if kept.eta is None:
        return False
    promise = queries.first_to_break(queries.promises_on([kept.escalation])[kept.escalation_id], now)
    waited_for = [at for at in (kept.escalation.next_update_at, promise and promise.due_at) if at]
    return any(kept.eta > at for at in waited_for)
