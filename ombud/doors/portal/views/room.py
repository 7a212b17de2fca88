"""The room behind a link: GET shows it and changes nothing; each button is a POST of its own."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ombud.doors.portal import words
from ombud.doors.portal.forms import FilesField
from ombud.doors.portal.room import acts, hello, people, said
from ombud.doors.portal.room.guests import enter
from ombud.doors.portal.views.files import send_file
from ombud.doors.portal.views.frame import page
from ombud.spine.escalations import theirs
from ombud.spine.escalations.actions.passes import opened
from ombud.spine.escalations.passes import Ended, FalsePass
from ombud.spine.sla.queries import promises_of
from ombud.spine.tickets.theirs import files_for_customer


@never_cache
@require_safe
def room(request, token):
    """What is done about one request."""
    return _inside(request, token, _show)


@never_cache
@require_http_methods(["POST"])
def act(request, token, deed):
    """They accept, decline, say how it goes, ask for more, or write."""
    return _inside(request, token, _act, deed)


@never_cache
@require_safe
def file(request, token, pk, name):
    """A file of a message that they may read."""
    return _inside(request, token, _file, pk)


def _inside(request, token, respond, *more):
    try:
        guest = enter(token)
    except FalsePass as refused:
        return _shut(request, ended=isinstance(refused, Ended))
    with translation.override(guest.language(request)), timezone.override(guest.zone):
        response = respond(request, guest, token, *more)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _shut(request, *, ended):
    return page(request, "room-shut", ended=ended, status=410 if ended else 404)


def _show(request, guest, token):
    if request.method == "GET" and not request.user.is_authenticated:  # ours look how it looks
        opened(guest.given, now=guest.now)
    return _page(request, guest, token)


def _page(request, guest, token, *, wrong=None, deed="", status=200):
    name, shown = ("room", _escalated) if guest.escalation else ("room-request", _request)
    common = {
        "guest": guest,
        "ticket": guest.ticket,
        "token": token,
        "assured": said.assured(guest),
        "who_may_see": people.who_may_see(guest),
        "reasons": acts.REASONS,
        "wrong": wrong or {},
        "deed": deed,
        "typed": request.POST,
        "now": guest.now,
    }
    context = common | shown(guest)
    return page(request, name, brand=guest.brand, status=status, **context)


def _escalated(guest):
    escalation = guest.escalation
    updates = theirs.updates_for(escalation, guest.ticket)
    impact = theirs.told_in(escalation, guest.ticket, "impact")
    return {
        "hello": hello.hello(guest, updates),
        "path": hello.path(guest),
        "letter": said.letter(updates, guest),
        "offer": said.offer(guest, updates),
        "workaround": said.workaround(guest, updates),
        "understood": theirs.told_in(escalation, guest.ticket, "understood"),
        "impact": impact,
        "figures": said.figures(impact),
        "needs": theirs.told_in(escalation, guest.ticket, "needs") if escalation.is_open else "",
        "history": said.history(guest, updates),
        "manager": people.manager(guest),
        "others": people.others(guest),
        "theirs": people.theirs_here(guest),
        "ladder": people.ladder(guest),
        "reach": people.reach(guest),
        "pulse": theirs.last_pulse(escalation, guest.customer),
        "open": escalation.is_open,
    }


def _request(guest):
    ticket = guest.ticket
    return {
        "standing": words.standings([ticket], guest.now)[ticket.pk],
        "who": words.who_has_it(ticket, guest.brand),
        "past": list(words.past(promises_of(ticket.pk)))[:8],
        "history": said.history(guest, []),
        "asking": theirs.open_asking(ticket),
        "reach": people.reach(guest),
    }


def _act(request, guest, token, deed):
    if deed not in acts.DEEDS:
        return _shut(request, ended=False)
    try:
        customer = guest.who(request.POST.get("who"))
        if customer is None:
            raise ValidationError({"who": _("Say who you are.")})
        told = acts.DEEDS[deed](guest, customer, request.POST, **_enclosed(request, deed))
    except ValidationError as refused:
        return _page(request, guest, token, wrong=_by_field(refused), deed=deed, status=422)
    messages.success(request, told)
    return HttpResponseRedirect(reverse("portal:room", args=[token]))


def _enclosed(request, deed):
    """The files of a deed that takes some, within the limits of the portal. Raises ValidationError."""
    if deed not in acts.WITH_FILES:
        return {}
    try:
        return {"enclosed": FilesField(required=False).clean(request.FILES.getlist("files"))}
    except ValidationError as refused:
        raise ValidationError({"files": refused.messages}) from None


def _by_field(refused):
    if hasattr(refused, "error_dict"):
        return {field: " ".join(errors) for field, errors in refused.message_dict.items()}
    return {"": " ".join(refused.messages)}


def _file(request, guest, token, pk):
    return send_file(files_for_customer(guest.ticket, guest.now), pk)
