"""Working calendars: everybody may look; those who keep promises may edit."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.office.forms.calendars import Editor
from ombud.doors.office.guard import asks
from ombud.doors.office.pages import act, done, page, tried
from ombud.foundation.clock import actions, queries, words
from ombud.foundation.clock.models import Calendar
from ombud.foundation.people.models import Company
from ombud.foundation.people.permissions import PROMISES, may, require
from ombud.ui.blocks import asks_for_part, render_block

from .picturing import holidays_by_name, picture, shown

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")


@asks()
def calendars(request):
    """Every calendar: its hours, whether it is open now, who works by it."""
    now = timezone.now()
    rows = list(Calendar.objects.light())
    users = queries.who_uses([row.pk for row in rows])
    every = [shown(row, users[row.pk], now) for row in rows]
    return page(
        request,
        "calendars",
        calendars=[one for one in every if not one["row"].archived_at],
        archived=[one for one in every if one["row"].archived_at],
        now=now,
    )


@asks(PROMISES)
def calendar_new(request):
    """A new calendar: nine to five on the company's clock, to begin with."""
    company = Company.ours()
    hours = {day: [["09:00", "17:00"]] for day in WORKDAYS}
    plan = {"timezone": company.time_zone, "hours": hours, "language": company.language}
    return _edit(request, None, plan)


@asks()
def calendar(request, pk):
    """One calendar: its picture, a question to it, and for those who may, its editor."""
    row = get_object_or_404(Calendar.objects.select_related("case"), pk=pk)
    if request.method == "POST":
        require(request.user, PROMISES)
    return _edit(request, row, row.plan)


def _edit(request, row, plan):
    now, company = timezone.now(), Company.ours()
    posted = request.method == "POST"
    editor = Editor(
        row,
        now=now,
        data=request.POST if posted else None,
        files=request.FILES if posted else None,
        plan=plan,
        language=company.language,
    )
    if posted and editor.is_valid() and _kept(editor, row, request.user, now):
        kept = editor.form.outcome
        return done(request, _("%(name)s is saved.") % {"name": kept}, "office:calendar", kept.pk)
    context = {
        "row": row,
        "editor": editor if may(request.user, PROMISES) else None,
        "holidays": holidays_by_name(row.public if row else {}, now),
        "users": queries.who_uses([row.pk])[row.pk] if row else [],
        "feed_trouble": words.kept(row.feed_error) if row else "",
        "now": now,
        **picture(request.GET, row, plan, now),
    }
    if asks_for_part(request) and not posted:
        return render_block(request, "office/calendar.html", "picture", context)
    return page(request, "calendar", status=422 if editor.has_errors() else 200, **context)


def _kept(editor, row, by, now):
    given = editor.form.cleaned_data
    return tried(
        editor.form,
        actions.keep_calendar,
        calendar=row,
        name=given["name"],
        plan=editor.plan(),
        by=by,
        now=now,
        **editor.form.feed(),
    )


@require_POST
@asks(PROMISES)
def calendar_default(request, pk):
    """Let it count for whatever names no other."""
    row = get_object_or_404(Calendar, pk=pk)
    said = _("%(name)s is the default calendar.") % {"name": row}
    return _act(request, actions.make_default, row, said)


@require_POST
@asks(PROMISES)
def calendar_archive(request, pk):
    """Take it out of use, or back into it."""
    row = get_object_or_404(Calendar, pk=pk)
    if row.archived_at:
        return _act(request, actions.restore_calendar, row, _("%(name)s is in use again.") % {"name": row})
    said = _("%(name)s is out of use. What works by it goes on.") % {"name": row}
    return _act(request, actions.archive_calendar, row, said)


@require_POST
@asks(PROMISES)
def calendar_refresh(request, pk):
    """Fetch its feed now. What went wrong stands on the page afterwards."""
    row = get_object_or_404(Calendar.objects.exclude(feed_url=""), pk=pk)
    return _act(request, actions.refresh_feed, row, _("The feed was asked."))


def _act(request, verb, row, said):
    return act(
        request,
        verb,
        row,
        by=request.user,
        now=timezone.now(),
        said=said,
        to="office:calendar",
        to_args=(row.pk,),
    )
