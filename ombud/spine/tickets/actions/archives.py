"""Threads that were brought along from another desk."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from ombud.foundation.events.models import Event
from ombud.spine.tickets import events
from ombud.spine.tickets.models import Status, Ticket

MOVING = (Status.NEW, Status.OPEN, Status.WAITING)  # what somebody put on hold or resolved stays so


@transaction.atomic
def settle_imported(ids, *, silent_since, by, now):
    """These tickets' threads are whole now. Those in which nobody has written since then are resolved.

    They were resolved when the last word was said, so that nothing counts as done today. The others wait for
    whose turn it is: ours, or the customer's. Answers with how many were resolved.
    """
    told = Event.objects.filter(case=OuterRef("case"), verb=events.IMPORTED.name)
    fresh = Ticket.objects.filter(~Exists(told), pk__in=ids).values_list("pk", flat=True)
    events.IMPORTED.record_many([(pk, {"ticket": pk}) for pk in fresh], by=by, now=now)
    silent = Ticket.objects.filter(pk__in=ids, status__in=MOVING, last_message_at__lt=silent_since)
    over = list(silent.select_for_update().order_by("pk"))
    changes = [(t.case_id, {"ticket": t.pk, "old": t.status, "new": str(Status.RESOLVED)}) for t in over]
    for ticket in over:
        ticket.status, ticket.resolved_at = Status.RESOLVED, ticket.last_message_at
        ticket.waiting_since, ticket.updated_at = None, now
    Ticket.objects.bulk_update(over, ["status", "resolved_at", "waiting_since", "updated_at"])
    events.STATUS_SET.record_many(changes, by=by, now=now)
    return len(over)
