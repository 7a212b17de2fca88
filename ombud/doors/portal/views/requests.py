"""A customer's requests: the list, and each with what was said, how it stands, and who has it."""

from django.apps import apps
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ombud.doors.portal import words
from ombud.doors.portal.forms import ReplyForm
from ombud.doors.portal.guard import signed_in
from ombud.doors.portal.views.files import send_file
from ombud.doors.portal.views.frame import page
from ombud.foundation.people.zones import place_of
from ombud.spine.escalations.actions import give_pass
from ombud.spine.escalations.passes import token_of
from ombud.spine.sla.queries import promises_of
from ombud.spine.tickets import theirs
from ombud.spine.tickets.actions.from_outside import call_solved
from ombud.spine.tickets.models import Ticket
from ombud.spine.tickets.queries import undone

MOST = 30  # on one page
SHOWS = ("open", "solved", "all")
NEWEST = 4  # messages shown at once; the earlier ones are folded


@require_safe
@signed_in
def requests(request):
    """Their own requests, or their company's; what is open first."""
    customer, now = request.visit.customer, timezone.now()
    may_company = theirs.sees_company(customer)
    company = may_company and request.GET.get("of") == "company"
    found = theirs.requests_of(customer, company=company)
    show = request.GET.get("show") if request.GET.get("show") in SHOWS else "open"
    if show != "all":
        found = undone(found) if show == "open" else found.filter(resolved_at__isnull=False)
    start = max(_number(request.GET.get("from")), 0)
    rows = list(
        found.select_related("assignee", "customer").order_by("-last_message_at", "-number")[
            start : start + MOST + 1
        ]
    )
    return page(
        request,
        "requests",
        rows=[(ticket, standing) for ticket, standing in _with_standings(rows[:MOST], now)],
        show=show,
        of="company" if company else "",
        may_company=may_company,
        earlier=start + MOST if len(rows) > MOST else None,
        now=now,
        place=_place(),
        writes=_writes(),
    )


def _with_standings(rows, now):
    told = words.standings(rows, now)
    return [(ticket, told[ticket.pk]) for ticket in rows]


@require_safe
@signed_in
def one(request, number):
    """One request."""
    return shown(request, called(request, number), ReplyForm())


def called(request, number):
    """The request with this number, if they may follow it; else there is none."""
    try:
        ticket = theirs.request_called(request.visit.customer, number)
    except Ticket.DoesNotExist:
        raise Http404 from None
    rows = Ticket.objects.select_related("assignee", "customer", "account", "mailbox__brand", "case")
    return rows.get(pk=ticket.pk)


def shown(request, ticket, form, *, status=200):
    """The page of a request, with the form for another word in it."""
    now = timezone.now()
    brand = theirs.brand_of(ticket) or request.brand
    said = theirs.read_by_customer(ticket, now)
    return page(
        request,
        "request",
        brand=brand,
        ticket=ticket,
        standing=words.standings([ticket], now)[ticket.pk],
        earlier=said[:-NEWEST],
        newest=said[-NEWEST:],
        who=words.who_has_it(ticket, brand),
        wrote=lambda message: words.who_wrote(message, brand),
        past=list(words.past(promises_of(ticket.pk)))[:8],
        form=form,
        writes=_writes(),
        place=_place(),
        now=now,
        status=status,
    )


@require_POST
@signed_in
def solved(request, number):
    """The customer says that it is solved."""
    ticket = called(request, number)
    call_solved(ticket, customer=request.visit.customer, now=timezone.now())
    messages.success(request, _("Good to hear. If something is left, write here and it is open again."))
    return redirect("portal:request", ticket.number)


@require_POST
@signed_in
def more(request, number):
    """Into the room of this request: how it is going, and the way to somebody higher."""
    ticket = called(request, number)
    given = give_pass(ticket, request.visit.customer, now=timezone.now())
    return redirect("portal:room", token_of(given))


@require_safe
@signed_in
def file(request, number, pk, name):
    """A file of a message that they may read; pictures are shown, everything else is saved."""
    ticket = called(request, number)
    return send_file(theirs.files_for_customer(ticket, timezone.now()), pk)


def _place():
    return place_of(timezone.get_current_timezone())


def _writes():
    return apps.is_installed("ombud.features.channels")


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) < 8 else 0
