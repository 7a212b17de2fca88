"""Promises of a ticket: why they are due then, those made in words, and offers of a clock for these."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.doors.workspace import explained
from ombud.doors.workspace.answers import deed, desk_page, done, page_of
from ombud.spine.sla import actions
from ombud.spine.sla.models import Offer, Promise
from ombud.spine.sla.shown import offer_called, promise_called
from ombud.spine.tickets import queries
from ombud.ui.times import when_words


@desk_page
def why(request, number, promise):
    """Line by line why a promise is due when it is."""
    ticket, found = _found(request, number, promise)
    context = explained.of(found, ticket, timezone.now())
    response = render(request, "workspace/promise.html", context, using="jinja2")
    response["Cache-Control"] = "no-store"
    return response


@deed
def keep_word(request, number, promise):
    """What was promised in words was done."""
    ticket, found = _found(request, number, promise)
    actions.keep_word(found, by=request.user, now=timezone.now())
    return done(request, _("Done as promised."), back=page_of(ticket))


@deed
def withdraw_word(request, number, promise):
    """It does not hold any more."""
    ticket, found = _found(request, number, promise)
    actions.withdraw_word(found, by=request.user, now=timezone.now())
    return done(request, _("Withdrawn. Tell the customer, if they count on it."), back=page_of(ticket))


@deed
def accept_offer(request, number, offer):
    """Keep a clock on what I promised, at the time it named or at another."""
    ticket, found = _offer(request, number, offer)
    now = timezone.now()
    promise = actions.accept_offer(found, by=request.user, now=now, due_at=_time(request.POST.get("due", "")))
    words = _("A clock runs until {time}.").format(time=_when(promise.due_at, now)) if promise else ""
    return done(request, words, back=page_of(ticket))


@deed
def decline_offer(request, number, offer):
    """No clock."""
    ticket, found = _offer(request, number, offer)
    actions.decline_offer(found, by=request.user, now=timezone.now())
    return done(request, back=page_of(ticket))


def _when(at, now):
    """With its time of day, also when it is so far away that only the date would be said."""
    said, clock = when_words(at, now), f"{timezone.localtime(at):%H:%M}"
    return said if clock in said else f"{said}, {clock}"


def _time(said):
    """A time of the browser, on the clock of the reader; None without one."""
    if not said:
        return None
    try:
        return timezone.make_aware(datetime.fromisoformat(said))
    except ValueError:
        raise ValidationError(_("This is no time. Nothing was changed.")) from None


def _found(request, number, promise):
    ticket = queries.by_number(request.user, number)
    try:
        return ticket, promise_called(ticket.pk, promise)
    except Promise.DoesNotExist:
        raise Http404(_("There is no such promise on this ticket.")) from None


def _offer(request, number, offer):
    ticket = queries.by_number(request.user, number)
    try:
        return ticket, offer_called(ticket.pk, offer)
    except Offer.DoesNotExist:
        raise Http404(_("There is no such offer on this ticket.")) from None
