"""Rotas: who is on duty in a team, week by week, and when nobody is. Everybody may look."""

from zoneinfo import ZoneInfo

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.office.forms.rota import DutyForm
from ombud.doors.office.guard import asks
from ombud.doors.office.pages import act, done, kept, page
from ombud.foundation.clock import words
from ombud.foundation.people.models import Company, Team
from ombud.foundation.people.permissions import PEOPLE, may, require
from ombud.spine.ladders import actions, covering, queries
from ombud.spine.ladders.models import Duty

ALL_DAY = covering.DAY


@asks()
def rotas(request):
    """Every team: who is on duty now, and how much of the week nobody is."""
    now, found = timezone.now(), queries.rotas()
    teams = [
        {
            "team": team,
            "duties": found.get(team.pk, []),
            "now": queries.on_duty(team.pk, now) if team.pk in found else [],
            "holes": [covering.hole_words(hole) for hole in covering.holes(found.get(team.pk, []))],
        }
        for team in Team.objects.filter(archived_at=None).order_by("name")
    ]
    return page(request, "rotas", teams=teams)


@asks()
def rota(request, pk):
    """One team's week."""
    team, now = get_object_or_404(Team, pk=pk), timezone.now()
    form = None
    if may(request.user, PEOPLE) or request.method == "POST":
        require(request.user, PEOPLE)
        form = DutyForm(request.POST or None, team=team)
        if kept(request, form, actions.plan_duties, team=team, now=now):
            return done(request, _("The rota is changed."), "office:rota", team.pk)
    duties = queries.rota_of(team.pk)
    holes = covering.holes(duties)
    return page(
        request,
        "rota",
        team=team,
        form=form,
        duties=duties,
        weekdays=words.weekdays("abbreviated"),
        rows=_rows(duties),
        empty=_week(_cut(holes)),
        holes=[covering.hole_words(hole) for hole in holes],
        on_duty=queries.on_duty(team.pk, now),
        clock=_clock(now),
        told=_told,
    )


@require_POST
@asks(PEOPLE)
def duty_drop(request, pk, duty):
    """Take one stretch out of a rota."""
    row = get_object_or_404(Duty.objects.select_related("person"), pk=duty, team=pk)
    given = {"by": request.user, "now": timezone.now()}
    said = _("%(name)s is not on duty then any more.") % {"name": row.person.name}
    return act(request, actions.drop_duty, row, **given, said=said, to="office:rota", to_args=(pk,))


def _rows(duties):
    """For each person the week in seven cells of (from, to) in percent of the day, and the words."""
    people = {}
    for duty in duties:
        people.setdefault(duty.person, []).append(duty)
    return [
        {
            "person": person,
            "week": _week([span for duty in own for span in covering.spans(duty)]),
            "duties": own,
        }
        for person, own in people.items()
    ]


def _cut(holes):
    """A hole over Sunday night in its two pieces."""
    week = covering.WEEK
    pieces = [(start, min(end, week)) for start, end in holes]
    return pieces + [(0, end - week) for _start, end in holes if end > week]


def _week(spans):
    """Spans of the week as seven days of (from, width) in percent."""
    days = [[] for _day in range(7)]
    for start, end in spans:
        for day in range(start // ALL_DAY, (end - 1) // ALL_DAY + 1):
            opens, closes = max(start - day * ALL_DAY, 0), min(end - day * ALL_DAY, ALL_DAY)
            days[day].append((opens / ALL_DAY * 100, (closes - opens) / ALL_DAY * 100))
    return days


def _told(duty):
    """“22:00–06:00”."""
    return f"{_minute(duty.starts)}–{_minute(duty.ends)}"


def _minute(minute):
    minute = minute % ALL_DAY if minute != ALL_DAY else ALL_DAY
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _clock(now):
    """The company's clock: its zone, the weekday and how much of the day has passed, in percent."""
    zone = ZoneInfo(Company.ours().time_zone)
    local = now.astimezone(zone)
    return {
        "zone": zone.key,
        "weekday": local.weekday(),
        "at": (local.hour * 60 + local.minute) / ALL_DAY * 100,
    }
