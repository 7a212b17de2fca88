"""How a page finds its incident or broadcast, and how a deed on one is answered."""

from functools import wraps

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.features.broadcasts import queries
from ombud.features.broadcasts.models import Affected, Broadcast, Finding, Incident, Wording

from .answers import desk_page, refused, wants_json

NOT_THERE = (Affected.DoesNotExist, Broadcast.DoesNotExist, Finding.DoesNotExist, Wording.DoesNotExist)


def incident_at(incident):
    """The address of an incident."""
    return reverse("cockpit:incident", args=[incident.number])


def broadcast_at(broadcast, show=""):
    """The address of a broadcast, or of one of its tabs."""
    address = reverse("cockpit:broadcast", args=[broadcast.incident.number, broadcast.number])
    return f"{address}?show={show}" if show else address


def incident_page(view):
    """A page about one incident: `view(request, incident, …)`."""

    @desk_page
    @wraps(view)
    def respond(request, number, *args, **kwargs):
        try:
            return view(request, queries.by_number(request.user, number), *args, **kwargs)
        except Incident.DoesNotExist:
            raise Http404(_("There is no such incident, or it is not yours to see.")) from None
        except NOT_THERE:
            raise Http404(_("It is not there any more.")) from None

    return respond


def broadcast_page(view):
    """A page about one broadcast: `view(request, broadcast, …)`."""

    @incident_page
    @wraps(view)
    def respond(request, incident, broadcast, *args, **kwargs):
        related = ("begun_by", "sent_by", "approver", "corrects")
        found = incident.broadcasts.select_related(*related).get(number=broadcast)
        found.incident = incident
        return view(request, found, *args, **kwargs)

    return respond


def incident_deed(view):
    """A POST about an incident; a refusal is said in a sentence."""
    return require_POST(incident_page(_answered(view, incident_at)))


def broadcast_deed(view):
    """A POST about a broadcast."""
    return require_POST(broadcast_page(_answered(view, broadcast_at)))


def _answered(view, way_back):
    @wraps(view)
    def respond(request, about, *args, **kwargs):
        try:
            return view(request, about, *args, **kwargs)
        except PermissionDenied:
            if not wants_json(request):
                raise
            return JsonResponse({"error": _("You may not do that. Nothing was changed.")}, status=403)
        except ValidationError as error:
            return refused(request, error, way_back(about))

    return respond
