"""What one leads, and where one has a part."""

from django.shortcuts import render
from django.utils import timezone

from ombud.doors.cockpit import parts
from ombud.doors.cockpit.answers import desk_page


@desk_page
def part(request):
    """My part: escalations in which one leads or is expected to do something."""
    now = timezone.now()
    context = {"now": now, "parts": parts.of(request.user, now)}
    return render(request, "cockpit/mine.html", context, using="jinja2")
