"""What one is asked about escalations, answering it in one press, and when one may be asked."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.office.context import escalation_url
from ombud.doors.office.forms.statuses import AnswerForm, WishesForm
from ombud.doors.office.guard import asks
from ombud.doors.office.pages import done, kept, page
from ombud.features.quiet_status import actions, queries
from ombud.features.quiet_status.models import LINE, Kind
from ombud.features.quiet_status.words import ICONS, briefs, why_between, why_overruled
from ombud.lib.working_time.times import read_intervals

ALL_DAY = 24 * 60  # minutes


def _on_their_clock(view):
    """Times are shown, and read, on the clock on which one's wishes are counted."""

    @wraps(view)
    def respond(request, *args, **kwargs):
        with timezone.override(queries.zone_of(request.user)):
            return view(request, *args, **kwargs)

    return respond


@asks()
@_on_their_clock
def statuses(request):
    """Every open escalation whose fix is one's own, what one is asked about first."""
    return _page(request)


def _page(request, refused=None):
    person, now = request.user, timezone.now()
    requests = queries.open_requests_of(person)
    pairs = [(one, requests.get(one.pk)) for one in queries.owned_by(person)]
    told = [pair for pair in pairs if pair[1] and pair[1].told_at]
    coming = [pair for pair in pairs if pair[1] and not pair[1].told_at]
    context = {
        "now": now,
        "me": person,
        "escalation_url": escalation_url,
        "asked": briefs(told, person, now),
        "coming": briefs(coming, person, now),
        "others": briefs([pair for pair in pairs if pair[1] is None], person, now),
        "next_time": queries.hours_of(queries.wishes_of(person)).next_time(now),
        "kinds": [(kind.value, kind.label, ICONS[kind]) for kind in Kind],
        "icons": ICONS,
        "most": LINE,
        "refused": refused or {},
    }
    status = 422 if refused else 200
    return render(request, "office/statuses.html", context, using="jinja2", status=status)


@require_POST
@asks()
@_on_their_clock
def say(request, number):
    """How one of them stands. What was refused keeps what was written."""
    escalation = next((one for one in queries.owned_by(request.user) if one.number == number), None)
    if escalation is None:
        raise Http404(_("There is no such escalation whose fix is yours."))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, _refused(number, form, request))
    try:
        kept_as = actions.answer(
            escalation, request.user, by=request.user, now=timezone.now(), **form.cleaned_data
        )
    except ValidationError as error:
        form.add_error(None, error.messages[0])
        return _page(request, _refused(number, form, request))
    words = _("%(escalation)s: %(answer)s. Thank you.")
    messages.success(request, words % {"escalation": escalation, "answer": kept_as.get_kind_display()})
    return redirect("office:statuses")


def _refused(number, form, request):
    sentence = next(iter(form.errors.values()))[0]
    return {"number": number, "words": sentence, "line": request.POST.get("line", "")}


@asks()
@_on_their_clock
def wishes(request):
    """When one may be asked, and by what one was interrupted lately."""
    person, now = request.user, timezone.now()
    mine = queries.wishes_of(person)
    form = WishesForm(request.POST or None, wishes=mine)
    if kept(request, form, actions.set_wishes, person, now=now):
        return done(request, _("Saved: this is when you are asked."), "office:status_wishes")
    interruptions = queries.interruptions_of(person, now)
    return page(
        request,
        "status_wishes",
        form=form,
        drawn=_drawn(mine),
        their_zone=queries.zone_of(person).key,
        next_time=queries.hours_of(mine).next_time(now),
        spent=queries.interruptions_on(person, *queries.hours_of(mine).day_of(now)),
        budget=mine.budget,
        interruptions=[
            (one, why_overruled(one, now) if one.against else why_between(one, now)) for one in interruptions
        ],
    )


def _drawn(mine):
    """One working day from midnight to midnight, in percent."""
    return {
        "works": (mine.day_from / ALL_DAY * 100, (mine.day_until - mine.day_from) / ALL_DAY * 100),
        "focus": [
            (opens / 60 / ALL_DAY * 100, (closes - opens) / 60 / ALL_DAY * 100)
            for opens, closes in read_intervals("focus", mine.focus)
        ],
        "times": [minute / ALL_DAY * 100 for minute in mine.times],
    }
