"""What a customer does about their own request, beside writing."""

from django.db import transaction

from ombud.foundation.notifications.actions import tell
from ombud.spine.tickets import events
from ombud.spine.tickets.models import Status

from .moving import set_status


@transaction.atomic
def call_solved(ticket, *, customer, now):
    """The customer says that it is solved; who has it is told. Nothing happens to what is solved already."""
    if ticket.is_done:
        return
    set_status(ticket, Status.RESOLVED, by=None, now=now)
    events.CALLED_SOLVED.record(case=ticket.case_id, now=now, ticket=ticket.pk, customer=customer.pk)
    if ticket.assignee:
        tell(
            [ticket.assignee],
            "called_solved",
            case=ticket.case,
            key=f"called_solved:{ticket.pk}:{now.timestamp()}",
            now=now,
        )
