"""A ladder's draft replayed over this desk's own past, before it is switched on (P3)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.office.guard import asks
from ombud.doors.office.pages import act, desk_page
from ombud.features.simulator import actions, queries
from ombud.foundation.people.permissions import PROMISES
from ombud.spine.ladders.models import Ladder

from .replay_pictures import shown, tried

LATELY = (7, 30, 90)  # days


@asks(PROMISES)
def ladder_replay(request, pk):
    """The newest replay: its figures, whom it would have told at what hour, climb by climb."""
    row = get_object_or_404(Ladder.objects.select_related("version"), pk=pk)
    if request.method == "POST":
        return _begin(request, row)
    simulation = queries.newest_of(row.pk)
    context = {"row": row, "simulation": simulation, "choices": _choices(simulation)}
    if simulation:
        context |= shown(simulation, request.user)
    if request.htmx:
        return render(request, "office/ladder_replayed.html", context)
    return desk_page(request, "ladder_replay", **context)


@asks(PROMISES)
def ladder_tried(request, pk):
    """What came of the newest replay, for the page on which the draft is written."""
    row = get_object_or_404(Ladder, pk=pk)
    simulation = queries.newest_of(row.pk)
    return render(request, "office/ladder_tried.html", {"row": row, **tried(simulation)})


def _begin(request, row):
    now = timezone.now()
    since, until = _range(request, now)
    given = {"since": since, "until": until, "by": request.user, "now": now}
    try:
        actions.simulate(row, **given)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("office:ladder_replay", row.pk)


def _range(request, now):
    """The last so many days, or from one day until the end of another on the reader's clock."""
    days = request.POST.get("days", "")
    if days.isdigit() and int(days) in LATELY:
        return now - timedelta(days=int(days)), now
    first, last = (_day(request.POST.get(name, "")) for name in ("since", "until"))
    if first is None or last is None:
        return now, now  # refused by the verb, with its sentence
    return first, min(last + timedelta(days=1), now)


def _day(said):
    try:
        day = parse_date(said)
    except ValueError:
        return None
    zone = ZoneInfo(timezone.get_current_timezone_name())
    return datetime.combine(day, time(), zone) if day else None


def _choices(simulation):
    chosen = None
    if simulation:
        chosen = round((simulation.until - simulation.since).total_seconds() / 86_400)
        chosen = chosen if simulation.until == simulation.asked_at else None
    return [(days, days == chosen) for days in LATELY]


@require_POST
@asks(PROMISES)
def ladder_replay_stop(request, pk):
    """Leave it where it is, or go on."""
    row = get_object_or_404(Ladder, pk=pk)
    simulation = queries.newest_of(row.pk)
    if simulation is None:
        return redirect("office:ladder_replay", row.pk)
    goes_on = request.POST.get("go_on")
    verb = actions.resume if goes_on else actions.stop
    said = _("It goes on where it was stopped.") if goes_on else _("Stopped; what was counted stays.")
    given = {"by": request.user, "now": timezone.now()}
    return act(request, verb, simulation, **given, said=said, to="office:ladder_replay", to_args=(row.pk,))
