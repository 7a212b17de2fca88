"""Deeds on a climb: having it, letting it go, not waiting; and on a customer's asking for an escalation."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.doors.workspace.answers import deed, done, page_of
from ombud.spine.escalations import actions as escalations
from ombud.spine.escalations.models import Asking
from ombud.spine.ladders import actions
from ombud.spine.ladders.models import Climb
from ombud.spine.ladders.queries import climb_called
from ombud.spine.tickets import queries


@deed
def climb(request, number):
    """Tell the next rung at once, or begin a ladder that is climbed by hand."""
    ticket = queries.by_number(request.user, number)
    climbed = actions.climb_now(ticket, by=request.user, now=timezone.now())
    words = _("Rung %(rung)s of “%(ladder)s” is told.") % {"rung": climbed.rung, "ladder": climbed.ladder}
    return done(request, words, back=page_of(ticket))


@deed
def have(request, number, climb):
    """I have it: nobody else is told."""
    ticket, found = _found(request, number, climb)
    actions.acknowledge(found, by=request.user, now=timezone.now())
    return done(request, _("You have it. Nobody else is told."), back=page_of(ticket))


@deed
def let_go(request, number, climb):
    """I cannot after all: the next rung is told at once."""
    ticket, found = _found(request, number, climb)
    actions.let_go(found, by=request.user, now=timezone.now())
    return done(request, _("You let it go; the next rung is told."), back=page_of(ticket))


@deed
def not_this_time(request, number, asking):
    """They ask for an escalation, and one of ours says that it is none; the record says who."""
    ticket = queries.by_number(request.user, number)
    try:
        found = ticket.askings.select_related("ticket").get(pk=asking)
    except Asking.DoesNotExist:
        raise Http404(_("Nobody asked for that on this ticket.")) from None
    escalations.settle(found, Asking.Outcome.DISMISSED, by=request.user, now=timezone.now())
    return done(request, _("Not this time. Tell them why."), back=page_of(ticket))


def _found(request, number, climb):
    ticket = queries.by_number(request.user, number)
    try:
        return ticket, climb_called(ticket.pk, climb)
    except Climb.DoesNotExist:
        raise Http404(_("There is no such climb on this ticket.")) from None
