"""What a calendar's page asks while it is being written: nothing is saved."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ombud.doors.office.forms.calendars import Editor, HolidayForms
from ombud.doors.office.guard import asks
from ombud.doors.office.places import places_called
from ombud.foundation.clock import drawn, feeds, plans
from ombud.foundation.clock.models import Calendar
from ombud.foundation.clock.words import sentence
from ombud.foundation.people.models import Company
from ombud.foundation.people.permissions import PROMISES
from ombud.lib.working_time import Refused
from ombud.ui.blocks import render_block

from .picturing import holidays_by_name, picture

MOST = 40  # days of a feed that are shown


@require_POST
@asks(PROMISES)
def calendar_picture(request, pk=None):
    """The year and the answer by what stands in the form now."""
    now, (row, editor) = timezone.now(), _written(request, pk)
    if editor.is_valid():
        context = picture(request.POST, row, editor.plan(), now, unsaved=True)
    else:
        context = {"trouble": " ".join(editor.sentences()), "unsaved": True}
    context |= {"row": row, "editor": editor, "now": now}
    return render_block(request, "office/calendar.html", "picture", context)


@require_POST
@asks(PROMISES)
def calendar_holidays(request, pk=None):
    """The public holidays of the places that were just chosen."""
    now, (_row, editor) = timezone.now(), _written(request, pk)
    worked = {form["name"].value(): form for form in editor.holidays}
    try:
        plan = {"holidays": editor.places, "language": editor.language}
        public, trouble = plans.look_up(plan, plans.years(now, now)), ""
    except Refused as refused:
        public, trouble = {}, sentence(refused)
    found = holidays_by_name(public, now)
    initial = [_as_chosen(name, worked.get(name)) for name in found]
    formset = HolidayForms(prefix="holidays", initial=initial)
    context = {"formset": formset, "holidays": found, "trouble": trouble}
    return render(request, "office/calendar_holidays.html", context)


def _as_chosen(name, form):
    chosen = {"name": name, "work": "closed"}
    return chosen | ({"work": form["work"].value(), "hours": form["hours"].value()} if form else {})


@asks(PROMISES)
def calendar_places(request):
    """Countries and regions for the field that suggests them."""
    return JsonResponse({"items": places_called(request.GET.get("q", "")[:80])})


@require_POST
@asks(PROMISES)
def calendar_feed(request):
    """What a feed would close, read now from its address or from the chosen file."""
    now, context = timezone.now(), {}
    try:
        file = request.FILES.get("feed_file")
        text = feeds.read_file(file.read()) if file else feeds.fetch(request.POST.get("feed_url", "")).text
        today = now.date().isoformat()
        days = [one for one in feeds.days_of(text, plans.years(now, now)).items() if one[0] >= today]
        context = {
            "days": [
                (drawn.weekday_and_day(plans.read_day("feed", day)), day[:4], name)
                for day, name in days[:MOST]
            ],
            "count": len(days),
        }
    except Refused as refused:
        context = {"trouble": sentence(refused)}
    return render(request, "office/calendar_feed.html", context)


def _written(request, pk):
    row = get_object_or_404(Calendar, pk=pk) if pk else None
    written = request.POST.copy()
    written["name"] = written.get("name") or "…"  # what has no name yet can be looked at, too
    return row, Editor(row, now=timezone.now(), data=written, language=Company.ours().language)
