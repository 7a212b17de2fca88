"""The ladder of a ticket: climbing it, and having it."""

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router

from ombud.doors.api import climbs
from ombud.doors.api.described import WRITE_ANSWERS
from ombud.doors.api.errors import Refusal
from ombud.doors.api.shapes import AcknowledgeAsked, ClimbShown
from ombud.foundation.people.permissions import ASSIGN, NOTE
from ombud.foundation.people.queries import is_ours
from ombud.spine.ladders import actions, queries
from ombud.spine.ladders.models import Climb

router = Router(tags=["Ladders"])


@router.post(
    "/tickets/{int:number}/climb", response={200: ClimbShown, **WRITE_ANSWERS}, operation_id="climb_now"
)
def climb_now(request, number: int):
    """Do not wait: tell the next rung, or begin the ladder that is climbed by hand."""
    caller = request.auth
    caller.require(ASSIGN)
    climbed = actions.climb_now(caller.ticket(number), by=caller.person, now=timezone.now())
    return _shown(climbed)


@router.post(
    "/tickets/{int:number}/climbs/{int:climb}/acknowledge",
    response={200: ClimbShown, **WRITE_ANSWERS},
    operation_id="acknowledge_climb",
)
def acknowledge(request, number: int, climb: int, asked: AcknowledgeAsked):
    """Somebody has it: nobody else is told. 409 says who was quicker, or that it is over."""
    caller = request.auth
    caller.require(NOTE)
    ticket = caller.ticket(number)
    try:
        found = queries.climb_called(ticket.pk, climb)
        held = actions.acknowledge(found, by=_who(caller, asked), now=timezone.now())
    except Climb.DoesNotExist:
        raise Refusal(404, _("There is no such climb on this ticket.")) from None
    except (actions.AlreadyHeld, actions.Over) as late:
        raise Refusal(409, " ".join(late.messages)) from None
    return _shown(held)


def _who(caller, asked):
    """The token's person; a machine of its own says who has it."""
    if caller.person is None:
        person = is_ours(asked.person or "")
        if person is None:
            raise Refusal(422, fields={"person": [_("Say who of ours has it, by their mail address.")]})
        return person
    if asked.person and asked.person.lower() != caller.person.email.lower():
        raise Refusal(422, fields={"person": [_("This token acts for somebody else.")]})
    return caller.person


def _shown(climb):
    return next(one for one in climbs.on_ticket(climb.ticket_id) if one["id"] == climb.pk)
