"""What escalations tell the ladders below them: who leads, what is late, what nobody has confirmed."""

from ombud.spine.escalations.confirming import unconfirmed_since
from ombud.spine.escalations.queries import main_ticket, tickets_of
from ombud.spine.ladders import actions as ladders


def climb_for_late_update(escalation, *, now):
    """An update did not come in time: the ladder that begins at that is climbed for its main ticket (P1)."""
    ticket = main_ticket(escalation)
    if ticket and escalation.late_at:
        ladders.begin(ticket, "late_update", since=escalation.late_at, now=now)


def no_update_is_late(escalation, *, ended, now, by):
    """It went out, or none is due: whoever would have been told of it is not."""
    ladders.settle(_all_tickets(escalation), "late_update", ended=ended, now=now, by=by)


def look_who_confirmed(escalation, *, now, by=None):
    """Watch that everybody who was called in says so; nothing is watched once they all have."""
    since = unconfirmed_since(escalation) if escalation.is_open else None
    ticket = main_ticket(escalation)
    if since is None or ticket is None:
        ended = "confirmed" if escalation.is_open else "de_escalated"
        ladders.settle(_all_tickets(escalation), "unconfirmed", ended=ended, now=now, by=by)
    else:
        ladders.watch(ticket, "unconfirmed", since=since, now=now)


def say_who_leads(escalation):
    """Rungs can name who leads the escalation of a ticket."""
    mine = tickets_of(escalation) if escalation.is_open else []
    gone = set(_all_tickets(escalation)) - {ticket.pk for ticket in mine}
    ladders.led_by(gone, None)
    ladders.led_by(mine, escalation.manager)


def _all_tickets(escalation):
    """The ids of all that ever belonged to it and belong to no other open one."""
    rows = escalation.involved.values_list("ticket_id", flat=True)
    elsewhere = type(escalation).objects.open().exclude(pk=escalation.pk)
    taken = set(
        elsewhere.filter(involved__left_at=None, involved__ticket__in=rows).values_list(
            "involved__ticket", flat=True
        )
    )
    return [pk for pk in rows if pk not in taken]
