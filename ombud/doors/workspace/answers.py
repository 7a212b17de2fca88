"""How a deed is answered: JSON for our script, which stays on the page; for a plain form the way back."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.spine.tickets.models import Ticket


def wants_json(request):
    """Whether our script asks, which shows the words itself."""
    return "application/json" in request.headers.get("Accept", "")


def done(request, words="", *, back, undo=None, **more):
    """It is done: what is said about it, where it can be taken back, and where one goes."""
    if wants_json(request):
        return JsonResponse({"words": str(words), "undo": undo, **more})
    if words:
        messages.success(request, words)
    return redirect(more.get("go") or way_back(request, back))


def refused(request, error, back):
    """It was not done, and why; nothing was changed."""
    sentence = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
    if wants_json(request):
        return JsonResponse({"error": sentence}, status=422)
    messages.error(request, sentence)
    return redirect(way_back(request, back))


def way_back(request, otherwise):
    """Where the form said that it came from, when that is a page of ours."""
    asked = request.POST.get("back", "")
    return asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}) else otherwise


def page_of(ticket):
    """The address of a ticket."""
    return f"/tickets/{ticket.number}/"


def desk_page(view):
    """For somebody who is signed in. A ticket that is not there for them is not found."""

    @login_required
    @wraps(view)
    def respond(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Ticket.DoesNotExist:
            raise Http404(_("There is no such ticket, or it is not yours to see.")) from None

    return respond


def deed(view):
    """For a POST that changes something: what cannot be done is said in a sentence."""

    @require_POST
    @desk_page
    @wraps(view)
    def respond(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            if not wants_json(request):
                raise
            return JsonResponse({"error": _("You may not do that. Nothing was changed.")}, status=403)
        except ValidationError as error:
            number = kwargs.get("number")
            return refused(request, error, f"/tickets/{number}/" if number else "/inbox/")

    return respond
