"""Every open escalation on one page, which may hang on a wall."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from ombud.doors.cockpit import narrowing, wall
from ombud.doors.cockpit.answers import desk_page


@desk_page
def overview(request):
    """The overview; `?wall` for a screen on a wall, `?part` for our script, which redraws it."""
    filters = narrowing.read(request.GET)
    context = wall.of(request.user, filters, timezone.now())
    context |= {"wall": "wall" in request.GET, "live_url": _address("workspace:live_token")}
    context["incidents_url"] = _address("cockpit:incidents")
    context["wall_query"] = urlencode({**filters, "wall": 1})
    page = "wall" if "part" in request.GET else "wall_page" if context["wall"] else "overview"
    response = render(request, f"cockpit/{page}.html", context, using="jinja2")
    response["Cache-Control"] = "no-store"
    return response


def _address(name):
    try:
        return reverse(name)
    except NoReverseMatch:  # that room was taken out of the house
        return ""
