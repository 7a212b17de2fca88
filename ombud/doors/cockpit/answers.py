"""How a page finds its escalation, and how a deed is answered: JSON for our script, else the way back."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.spine.escalations import queries
from ombud.spine.escalations.models import Escalation
from ombud.spine.tickets.models import Ticket


def wants_json(request):
    """Whether our script asks, which shows the words itself."""
    return "application/json" in request.headers.get("Accept", "")


def page_of(escalation):
    """The address of an escalation."""
    return reverse("cockpit:escalation", args=[escalation.number])


def done(request, words, *, back, undo=None, after=None):
    """It is done: what is said about it, where it can be taken back, and where one goes."""
    if wants_json(request):
        return JsonResponse({"words": str(words), "undo": undo, "after": after})
    if words:
        messages.success(request, words, extra_tags=undo or "")
    return redirect(back)


def refused(request, error, back):
    """It was not done, and why; nothing was changed."""
    sentence = " ".join(error.messages)
    if wants_json(request):
        return JsonResponse({"error": sentence}, status=422)
    messages.error(request, sentence)
    return redirect(back)


def desk_page(view):
    """For somebody who is signed in. What is not there for them is not found."""

    @login_required
    @wraps(view)
    def respond(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Escalation.DoesNotExist:
            raise Http404(_("There is no such escalation, or it is not yours to see.")) from None
        except Ticket.DoesNotExist:
            raise Http404(_("There is no such ticket, or it is not yours to see.")) from None

    return respond


def deed(view):
    """A POST about one escalation: `view(request, escalation, …)`; a refusal is said in a sentence."""

    @require_POST
    @desk_page
    @wraps(view)
    def respond(request, number, *args, **kwargs):
        escalation = queries.by_number(request.user, number)
        try:
            return view(request, escalation, *args, **kwargs)
        except PermissionDenied:
            if not wants_json(request):
                raise
            return JsonResponse({"error": _("You may not do that. Nothing was changed.")}, status=403)
        except ValidationError as error:
            return refused(request, error, page_of(escalation))

    return respond
