"""The page of one escalation."""

from django.shortcuts import render
from django.utils import timezone

from ombud.doors.cockpit import page
from ombud.doors.cockpit.answers import desk_page
from ombud.foundation.notifications.actions import mark_read
from ombud.foundation.notifications.queries import unread
from ombud.spine.escalations import queries


@desk_page
def one(request, number):
    """Everything about it that this person may see. What they were told about it is read then."""
    person, now = request.user, timezone.now()
    escalation = queries.by_number(person, number)
    if unread(person).filter(case=escalation.case_id).exists():
        mark_read(person, case=escalation.case_id, now=now)
    everything = "all" in request.GET
    context = page.of(escalation, person, now=now, show=request.GET.get("show", ""), everything=everything)
    response = render(request, "cockpit/escalation.html", context, using="jinja2")
    response["Cache-Control"] = "no-store"
    return response
