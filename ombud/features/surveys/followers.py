"""What happens elsewhere and concerns surveys: resolved, opened again, over; letters that did not arrive."""

from ombud.foundation.post import events as post
from ombud.spine.escalations import events as escalations
from ombud.spine.escalations.models import Escalation
from ombud.spine.tickets import events as tickets
from ombud.spine.tickets.models import Status, Ticket

from . import actions

DONE = (Status.RESOLVED, Status.CLOSED)


@tickets.STATUS_SET.follower
def ask_or_stop(event):
    """A ticket that was resolved is asked about; one that is open again is not."""
    was, now_is = event.data["old"] in DONE, event.data["new"] in DONE
    if now_is and not was:
        ticket = Ticket.objects.filter(pk=event.data["ticket"], merged_into=None).first()
        if ticket and ticket.is_done:
            actions.ask_about_ticket(ticket, now=event.happened_at)
    elif was and not now_is:
        actions.stop_asking(event.data["ticket"], now=event.happened_at)


@tickets.REOPENED.follower
def stop(event):
    """The customer wrote again: nobody asks them how it was."""
    actions.stop_asking(event.data["ticket"], now=event.happened_at)


@escalations.CLOSED.follower
def ask_about_it(event):
    """An escalation was reviewed: it is asked about, and for all that waited for its end."""
    escalation = Escalation.objects.get(pk=event.data["escalation"])
    actions.ask_about_escalation(escalation, now=event.happened_at)
    actions.release(escalation, now=event.happened_at)


@escalations.DE_ESCALATED.follower
def go_on(event):
    """It is none any more: what waited for it is asked."""
    actions.release(Escalation.objects.get(pk=event.data["escalation"]), now=event.happened_at)


@post.LETTER_FAILED.follower
def do_not_remind(event):
    """Whom the question did not reach is not reminded of it."""
    actions.did_not_arrive(event.data["letter"], now=event.happened_at)
