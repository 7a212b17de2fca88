"""Ladders: everybody may look; those who keep promises may edit."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.office.forms.ladder_editor import NEW, Editor, edited
from ombud.doors.office.guard import asks
from ombud.doors.office.pages import act, desk_page, done, page, tried
from ombud.foundation.people.permissions import PROMISES, may, require
from ombud.spine.ladders import actions, queries
from ombud.spine.ladders.models import Ladder
from ombud.spine.ladders.rungs import read

from .ladder_pictures import about, listed_ladders, said_of, versions


@asks()
def ladders(request):
    """The ladders in their order: at what they begin, who stands on them, how many are climbed now."""
    rows = list(Ladder.objects.filter(archived_at=None).select_related("version"))
    archived = Ladder.objects.filter(archived_at__isnull=False).order_by("-archived_at")
    return page(request, "ladders", ladders=listed_ladders(rows), archived=archived)


@asks(PROMISES)
def ladder_new(request):
    """A new one: who holds the ticket, who leads the team, the head of support; to begin with."""
    return _edit(request, None)


@asks()
def ladder(request, pk):
    """One ladder: its editor for those who may, else what it says."""
    row = get_object_or_404(Ladder.objects.select_related("version__by"), pk=pk)
    if request.method == "POST":
        require(request.user, PROMISES)
    elif not may(request.user, PROMISES):
        plan = read(row.version.plan if row.version else row.draft)
        return desk_page(request, "ladder_read", row=row, **said_of(row, plan))
    return _edit(request, row)


def _edit(request, row):
    draft = row.draft if row else NEW
    posted = request.method == "POST"
    editor = Editor(draft, row.name if row else "", request.POST if posted else None)
    if posted and editor.is_valid():
        do = request.POST.get("do", "save")
        new = edited(editor.draft(), do)
        if _kept(editor, row, new, request.user):
            return _after(request, editor.form.outcome, do)
    status = 422 if editor.has_errors else 200
    context = about(row, draft, timezone.now())
    return desk_page(request, "ladder", status=status, row=row, editor=editor, **context)


def _kept(editor, row, draft, by):
    name = editor.form.cleaned_data["name"]
    return tried(editor.form, actions.keep_ladder, row, name=name, draft=draft, by=by, now=timezone.now())


def _after(request, row, do):
    if do == "publish":
        return _publish(request, row)
    if do == "try":
        # The same press goes on to the replay, which begins one over the days that the form names.
        return redirect("office:ladder_replay", row.pk, preserve_request=True)
    if do == "save":
        return done(
            request,
            _("The draft is saved; nothing changes until it is switched on."),
            "office:ladder",
            row.pk,
        )
    return redirect(reverse("office:ladder", args=[row.pk]) + "#rungs")


def _publish(request, row):
    try:
        version = actions.publish(row, by=request.user, now=timezone.now())
    except ValidationError:
        messages.error(request, _("It is not switched on: see what is to be put right."))
        return redirect("office:ladder", row.pk)
    words = _("%(name)s is switched on as version %(number)s.") % {"name": row.name, "number": version.number}
    return done(request, words, "office:ladders")


@require_POST
@asks(PROMISES)
def ladder_discard(request, pk):
    """Begin again from what is live."""
    row = get_object_or_404(Ladder.objects.select_related("version"), pk=pk, version__isnull=False)
    given = {"name": row.name, "draft": row.version.plan, "by": request.user, "now": timezone.now()}
    said = _("The draft is what is live again.")
    return act(request, actions.keep_ladder, row, **given, said=said, to="office:ladder", to_args=(row.pk,))


@require_POST
@asks(PROMISES)
def ladder_move(request, pk, way):
    """One place up or down: of those that fit, the first is climbed."""
    rows = list(Ladder.objects.filter(archived_at=None))
    row = get_object_or_404(Ladder, pk=pk, archived_at=None)
    at = rows.index(row)
    to = max(0, min(len(rows) - 1, at + (-1 if way == "up" else 1)))
    rows.insert(to, rows.pop(at))
    said = _("%(name)s is number %(place)s now.") % {"name": row.name, "place": to + 1}
    given = {"by": request.user, "now": timezone.now()}
    return act(request, actions.order_ladders, rows, **given, said=said, to="office:ladders")


@require_POST
@asks(PROMISES)
def ladder_archive(request, pk):
    """Take it out of use, or back into it."""
    row = get_object_or_404(Ladder, pk=pk)
    if row.archived_at:
        verb, said = actions.restore_ladder, _("%(name)s is in use again.")
    else:
        verb, said = actions.archive_ladder, _("%(name)s is out of use. Whoever climbs it goes on.")
    given = {"by": request.user, "now": timezone.now()}
    return act(request, verb, row, **given, said=said % {"name": row.name}, to="office:ladders")


@require_POST
@asks(PROMISES)
def ladder_retry(request, pk):
    """Tell other systems again what they could not be told."""
    row = get_object_or_404(Ladder, pk=pk)
    given = {"by": request.user, "now": timezone.now()}
    said = _("They are told again.")
    return act(
        request, actions.retry_webhooks, row, **given, said=said, to="office:ladder", to_args=(row.pk,)
    )


@asks()
def ladder_versions(request, pk):
    """What it was, when, by whom, and what each change changed."""
    row = get_object_or_404(Ladder.objects.select_related("version"), pk=pk)
    return page(request, "ladder_versions", row=row, versions=versions(queries.versions_of(row)))
