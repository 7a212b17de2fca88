"""What was promised on a ticket, and why it is due when it is."""

from django.utils.translation import gettext as _
from ninja import Router

from ombud.doors.api import promises
from ombud.doors.api.described import ANSWERS
from ombud.doors.api.errors import Refusal
from ombud.doors.api.shapes import PromiseExplained
from ombud.spine.sla.models import Promise
from ombud.spine.sla.shown import promise_called
from ombud.spine.tickets.models import Ticket

router = Router(tags=["Promises"])


@router.get(
    "/tickets/{int:number}/promises/{int:promise}",
    response={200: PromiseExplained, **ANSWERS},
    operation_id="explain_promise",
)
def explain_promise(request, number: int, promise: int):
    """One promise line by line: what counted, what did not, and how long the customer has lived meanwhile."""
    ticket = request.auth.ticket(number)
    try:
        found = promise_called(ticket.pk, promise)
    except Promise.DoesNotExist:
        raise Refusal(404, _("There is no such promise on this ticket.")) from None
    whole = Ticket.objects.select_related("customer", "account").get(pk=ticket.pk)
    return promises.explained(found, whole)
