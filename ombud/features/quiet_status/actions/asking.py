"""Asking: the desk by itself, before an update is due; a manager by hand. And not asking any more."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.features.quiet_status import events, queries
from ombud.features.quiet_status.models import LINE, OPEN, Request, State
from ombud.features.quiet_status.planner import locked_wishes, plan, set_next
from ombud.features.quiet_status.planning import fresh
from ombud.spine.escalations.queries import may_run


@transaction.atomic
def consider(escalation, *, now, soon=False):
    """Each technical owner is asked before the next update is due, unless what they said last still does.

    What waits already is planned anew. `soon`: a promise to the customer just broke.
    """
    if not escalation.is_open:
        return
    for person in queries.technical(escalation):
        wishes = locked_wishes(person)
        request = queries.open_request(escalation, person)
        if request is None:
            _ask_by_itself(escalation, person, wishes, soon, now)
        elif escalation.next_update_at is None and request.asked_by_id is None and request.told_at is None:
            withdraw(request, "waived", now=now)
        else:
            plan(_with(request, escalation, person), wishes, now)
        set_next(wishes)


def _ask_by_itself(escalation, person, wishes, soon, now):
    request = Request(escalation=escalation, person=person, asked_at=now)
    facts, _promise = queries.facts_of(request, queries.hours_of(wishes), now)
    last = queries.last_answer(escalation, person)
    if escalation.next_update_at is None and not soon:
        return  # nobody waits for a word while updates are waived
    facts = replace(facts, soon=soon)
    if fresh(last and last.answered_at, facts, queries.last_update_at(escalation), now):
        return
    _keep(request, wishes, None, now)


@transaction.atomic
def ask(escalation, person, *, question="", by, now):
    """A manager asks one technical owner, at their next time; answers with the request.

    It never makes a second open one. Raises ValidationError when they are away or own nothing of it,
    PermissionDenied for who does not lead it.
    """
    if by is not None and not may_run(by, escalation):
        raise PermissionDenied("escalations")
    if not escalation.is_open:
        raise ValidationError(_("This escalation is over: nobody is asked any more."))
    if not queries.owns(person, escalation):
        raise ValidationError(_("%(name)s does not own its fix.") % {"name": person.name})
    _require_there(person, now)
    wishes = locked_wishes(person)
    request = queries.open_request(escalation, person)
    if request is None:
        request = Request(escalation=escalation, person=person, asked_at=now)
    request.asked_by, request.question = by, question.strip()[:LINE]
    _keep(_with(request, escalation, person), wishes, by, now)
    set_next(wishes)
    return request


def _require_there(person, now):
    absence = queries.absence_of(person, now)
    if absence is None:
        return
    if absence.deputy:
        words = _("%(name)s is away, and is not asked. %(deputy)s stands in.")
        raise ValidationError(words % {"name": person.name, "deputy": absence.deputy.name})
    raise ValidationError(_("%(name)s is away, and is not asked.") % {"name": person.name})


def _keep(request, wishes, by, now):
    request.save()
    plan(request, wishes, now)
    events.ASKED.record(
        case=request.escalation.case_id,
        by=by,
        now=now,
        escalation=request.escalation_id,
        person=request.person_id,
        request=request.pk,
    )


def _with(request, escalation, person):
    request.escalation, request.person = escalation, person
    return request


@transaction.atomic
def withdraw_those_of(escalation, why, *, now, person=None):
    """Nobody, or only this person not, has to say any more how it stands. `why`: over, parted."""
    rows = Request.objects.filter(escalation=escalation, state__in=OPEN)
    if person is not None:
        rows = rows.filter(person=person)
    for request in rows.select_related("escalation", "person"):
        wishes = locked_wishes(request.person)
        withdraw(request, why, now=now)
        set_next(wishes)


def withdraw(request, why, *, now):
    """One request is not asked any more; who holds the person's row sets when the next one goes."""
    request.state, request.why, request.goes_at = State.WITHDRAWN, why, None
    request.save(update_fields=["state", "why", "goes_at"])
    events.WITHDRAWN.record(
        case=request.escalation.case_id,
        now=now,
        escalation=request.escalation_id,
        person=request.person_id,
        request=request.pk,
        why=why,
    )
