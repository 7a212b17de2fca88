"""What every page of the desk shows around its content: the rail, who is signed in, the palette."""

from django.template.backends.utils import csrf_input
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from ombud.doors.workspace.rail import rail_for


def desk(request):
    """For Jinja2 pages of somebody who is signed in: rail, me, palette_url, sign_out."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {}
    return {
        "rail": SimpleLazyObject(lambda: rail_for(person, request.path)),
        "me": person,
        "palette_url": reverse("workspace:palette"),
        "sign_out": reverse("account_logout"),
        # Masked once for each page; Django's own is masked anew for every form, and a ticket has thirty.
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),
    }
