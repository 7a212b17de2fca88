"""Escalations: list, raise, read, update the customer, change, end."""

from typing import Literal

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from ombud.doors.api import cursors, escalated
from ombud.doors.api.again import once
from ombud.doors.api.described import ANSWERS, IDEMPOTENT, WRITE_ANSWERS
from ombud.doors.api.errors import Refusal, naming
from ombud.doors.api.escalation_shapes import (
    DeEscalationAsked,
    EscalationAsked,
    EscalationChange,
    Escalations,
    OneEscalationShown,
    UpdateAsked,
)
from ombud.foundation.people.models import Person
from ombud.foundation.people.permissions import ANSWER, NOTE
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Escalation

router = Router(tags=["Escalations"])


class Wanted(Schema):
    """Which escalations; without any, all that the token may see."""

    status: Literal["", "open", "closed"] = Field("", description="open or closed")
    manager: str = Field("", description="The mail address of a person of ours, or none")
    account: str = Field("", description="The name of an account")
    late: bool = Field(False, description="true: only those with an update late")
    limit: int = Field(50, ge=1, le=500, description="How many at most, 1 to 500")
    cursor: str = Field("", description="What next said on the page before")


@router.get("/escalations", response={200: Escalations, **ANSWERS}, operation_id="list_escalations")
def list_escalations(request, wanted: Query[Wanted]):
    """The escalations that this token may see, the newest first."""
    found = _filtered(request.auth.escalations(), wanted)
    numbers, following = cursors.page(found, "number", wanted.cursor, wanted.limit, descending=True)
    rows = escalated.with_all(Escalation.objects.filter(number__in=numbers)).in_bulk(field_name="number")
    items = [escalated.shown(rows[number]) for number in numbers if number in rows]
    return {"items": items, **cursors.counted(found, "number"), "next": following}


def _filtered(found, wanted):
    if wanted.status:
        found = found.filter(closed_at__isnull=wanted.status == "open")
    if wanted.manager:
        found = found.filter(manager=None if wanted.manager == "none" else _ours("manager", wanted.manager))
    if wanted.account:
        found = found.filter(account__name__iexact=wanted.account.strip())
    if wanted.late:
        found = found.filter(closed_at=None, next_update_at__lte=timezone.now())
    return found


@router.get(
    "/escalations/{int:number}",
    response={200: OneEscalationShown, **ANSWERS},
    operation_id="read_escalation",
    url_name="read_escalation",
)
def read_escalation(request, number: int):
    """One escalation whole. E-101 has the number 101."""
    return escalated.one(request.auth.escalation(number).pk)


@router.post(
    "/tickets/{int:number}/escalations",
    response={201: OneEscalationShown, **WRITE_ANSWERS},
    operation_id="escalate",
    openapi_extra=IDEMPOTENT,
)
def escalate(request, number: int, asked: EscalationAsked, response: HttpResponse):
    """Raise an escalation on a ticket. It is never raised twice: a second one is refused by name."""
    caller = request.auth
    caller.require(NOTE)
    status, body, location = once(request, lambda: _raise(caller, number, asked))
    response["Location"] = location
    return Status(status, body)


def _raise(caller, number, asked):
    ticket, given = caller.ticket(number), asked.dict()
    escalation = actions.raise_one(ticket, **given, by=caller.person, now=timezone.now())
    where = reverse("api-1:read_escalation", args=[escalation.number])
    return 201, escalated.one(escalation.pk), where


@router.post(
    "/escalations/{int:number}/updates",
    response={201: OneEscalationShown, **WRITE_ANSWERS},
    operation_id="send_update",
    openapi_extra=IDEMPOTENT,
)
def send_update(request, number: int, asked: UpdateAsked):
    """Tell the customer how it stands. It takes a person's token: who escalated hears from somebody."""
    caller = request.auth
    caller.require(ANSWER)
    status, body, _nowhere = once(request, lambda: _update(caller, number, asked))
    return Status(status, body)


def _update(caller, number, asked):
    _require_person(caller)
    escalation = caller.escalation(number)
    next_at = cursors.time("next_at", asked.next_at) if asked.next_at else None
    words = {"process": asked.process, "impact": asked.impact, "promises": asked.promises}
    actions.send_update(escalation, **words, next_at=next_at, by=caller.person, now=timezone.now())
    return 201, escalated.one(escalation.pk), ""


def _require_person(caller):
    if caller.person is None:
        raise Refusal(
            403, _("An update is a person's word: use the token of somebody who answers customers.")
        )


@router.patch(
    "/escalations/{int:number}",
    response={200: OneEscalationShown, **WRITE_ANSWERS},
    operation_id="change_escalation",
)
def change_escalation(request, number: int, asked: EscalationChange):
    """Change severity, urgency, manager or stage: all that are given or, when one is not right, none."""
    caller, now = request.auth, timezone.now()
    caller.require(NOTE)
    escalation = caller.escalation(number)
    given = {name: getattr(asked, name) for name in asked.model_fields_set}
    manager = _ours("manager", given["manager"]) if "manager" in given else None
    levels = {name: given[name] for name in ("severity", "urgency") if name in given}
    by = {"by": caller.person, "now": now}
    with transaction.atomic():
        if levels:
            actions.set_levels(escalation, **levels, **by)
        if "stage" in given:
            with naming("stage"):
                actions.reach(escalation, given["stage"], **by)
        if manager:  # last: who hands it over may lead it on no longer
            with naming("manager"):
                actions.hand_over(escalation, manager, **by)
    return escalated.one(escalation.pk)


@router.post(
    "/escalations/{int:number}/de-escalate",
    response={200: OneEscalationShown, **WRITE_ANSWERS},
    operation_id="de_escalate",
)
def de_escalate(request, number: int, asked: DeEscalationAsked):
    """It is none any more, and why. Its tickets go on as tickets."""
    caller = request.auth
    caller.require(NOTE)
    escalation = caller.escalation(number)
    actions.de_escalate(escalation, asked.why, by=caller.person, now=timezone.now())
    return escalated.one(escalation.pk)


def _ours(field, address):
    found = Person.objects.filter(email__iexact=address.strip(), is_active=True).first()
    if found is None:
        raise Refusal(422, fields={field: [_("Nobody of ours has this address.")]})
    return found
