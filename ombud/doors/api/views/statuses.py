"""How the fix of an escalation stands: reading it, and saying it."""

from typing import Annotated, Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from ombud.doors.api import cursors
from ombud.doors.api.described import ANSWERS, WRITE_ANSWERS
from ombud.doors.api.errors import Refusal
from ombud.doors.api.promises import iso
from ombud.doors.api.shapes import Asked, PersonShown, Time, optional, spoken
from ombud.features.quiet_status import actions, queries
from ombud.features.quiet_status.models import LINE, Kind
from ombud.foundation.people.permissions import NOTE

router = Router(tags=["Escalations"])
KindWord = Literal[tuple(Kind.values)]
Line = Annotated[str, StringConstraints(max_length=LINE), AfterValidator(spoken)]


class StatusAsked(Asked):
    """How it stands, in one word and perhaps a line."""

    kind: KindWord
    line: Line = Field("", description="Only colleagues read it")
    eta: Time = optional(description="With new_eta: by when it is expected now")


class StatusShown(BaseModel):
    person: PersonShown
    kind: KindWord | None = Field(description="What they said last; null while they said nothing")
    line: str
    eta: Time | None
    answered_at: Time | None
    asked_at: Time | None = Field(description="When an open question reached them")
    goes_at: Time | None = Field(description="When an open question reaches them next")


@router.get(
    "/escalations/{int:number}/status",
    response={200: list[StatusShown], **ANSWERS},
    operation_id="read_status",
)
def read_status(request, number: int):
    """What each technical owner said last, and whether they are asked."""
    return _shown(request.auth.escalation(number))


@router.post(
    "/escalations/{int:number}/status",
    response={200: list[StatusShown], **WRITE_ANSWERS},
    operation_id="say_status",
)
def say_status(request, number: int, asked: StatusAsked):
    """Say how the fix stands, asked or unasked. It takes the token of somebody who owns it."""
    caller = request.auth
    caller.require(NOTE)
    escalation = caller.escalation(number)
    if caller.person is None:
        raise Refusal(403, _("A status is a person’s word: use the token of somebody who owns the fix."))
    eta = cursors.time("eta", asked.eta) if asked.eta else None
    said = {"line": asked.line, "eta": eta, "by": caller.person, "now": timezone.now()}
    actions.answer(escalation, caller.person, asked.kind, **said)
    return _shown(escalation)


def _shown(escalation):
    return [_one(row) for row in queries.standing(escalation, timezone.now())]


def _one(row):
    answer, asked = row.answer, row.request
    return {
        "person": {"id": row.person.pk, "name": row.person.name, "email": row.person.email},
        "kind": answer and answer.kind,
        "line": answer.line if answer else "",
        "eta": iso(answer.eta) if answer else None,
        "answered_at": iso(answer.answered_at) if answer else None,
        "asked_at": iso(asked.told_at) if asked else None,
        "goes_at": iso(asked.goes_at) if asked else None,
    }
