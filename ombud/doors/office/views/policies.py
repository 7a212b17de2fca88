"""SLA policies: everybody may look; those who keep promises may edit."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.office.forms.policies import Editor
from ombud.doors.office.guard import asks
from ombud.doors.office.pages import act, done, page, tried
from ombud.foundation.clock.queries import default_calendar
from ombud.foundation.people.permissions import PROMISES, may, require
from ombud.spine.sla import actions, overview, queries
from ombud.spine.sla import terms as terms_
from ombud.spine.sla.models import Policy
from ombud.spine.sla.models.promises import PROMISED
from ombud.spine.sla.usual import usual_terms

from .counting import counting
from .promising import Telling, for_whom, limit, pauses, warning


@asks()
def policies(request):
    """The policies in their order: for whom, what they promise, how much of it runs."""
    rows = queries.policies()
    telling, changed = Telling(), overview.last_changes(rows)
    running, accounts = overview.running_by_policy(), overview.accounts_by_policy(rows)
    shadowed = overview.shadowed(rows)
    shown = [
        {
            "row": row,
            "for_whom": for_whom(row.conditions),
            "matrix": telling.matrix(terms_.read(row.version.terms)),
            "running": running.get(row.pk, 0),
            "accounts": accounts[row.pk],
            "changed": changed.get(row.pk),
            "shadowed": shadowed.get(row.pk),
        }
        for row in rows
    ]
    archived = Policy.objects.filter(archived_at__isnull=False).order_by("-archived_at")
    kinds = [kind.label for kind in PROMISED]
    return page(request, "policies", policies=shown, archived=archived, kinds=kinds, now=timezone.now())


@asks(PROMISES)
def policy_new(request):
    """A new policy: sensible targets by the default calendar, to begin with."""
    return _edit(request, None, usual_terms(default_calendar()))


@asks()
def policy(request, pk):
    """One policy: its editor for those who may, else what it says; and how its time is counted."""
    row = get_object_or_404(Policy.objects.select_related("version"), pk=pk)
    if request.method == "POST":
        require(request.user, PROMISES)
    return _edit(request, row, row.version.terms)


def _edit(request, row, terms):
    now, posted = timezone.now(), request.method == "POST"
    editor = editor_of(row, terms, request.POST if posted else None)
    if posted and editor.is_valid() and _kept(editor, row, request.user, now):
        kept = editor.form.outcome
        said = _("%(name)s is saved as version %(number)s.")
        words = said % {"name": kept.name, "number": kept.version.number}
        return done(request, words, "office:policy", kept.pk)
    read = terms_.read(terms)
    return page(
        request,
        "policy",
        status=422 if editor.has_errors else 200,
        row=row,
        editor=editor if may(request.user, PROMISES) else None,
        kinds=[kind.label for kind in PROMISED],
        now=now,
        number=row.version.number + 1 if row else 1,
        **(_about(row, read) if row else {}),
        **counting(request.GET, read, now),
    )


def editor_of(row, terms, data=None):
    """The forms of a policy's page."""
    name, conditions = (row.name, row.conditions) if row else ("", {})
    return Editor(data, name=name, terms=terms, conditions=conditions)


def _about(row, terms):
    changed = overview.last_changes([row]).get(row.pk)
    return {
        "matrix": Telling().matrix(terms),
        "for_whom": for_whom(row.conditions),
        "pauses": pauses(terms.pauses),
        "limit": limit(terms.pause_limit) if terms.pauses else "",
        "warnings": [warning(one) for one in terms.warnings],
        "changed": changed,
        "running": overview.running_by_policy().get(row.pk, 0),
        "accounts": overview.accounts_by_policy(queries.policies()).get(row.pk, 0),
        "versions": row.versions.select_related("by").order_by("-number"),
    }


def _kept(editor, row, by, now):
    given = editor.form.cleaned_data
    return tried(
        editor.form,
        actions.keep_policy,
        row,
        name=given["name"],
        conditions=editor.conditions.conditions(),
        terms=editor.terms(),
        for_running=given["for_running"],
        by=by,
        now=now,
    )


@require_POST
@asks(PROMISES)
def policy_move(request, pk, way):
    """One place up or down: the first whose conditions are met is the one that holds."""
    rows = queries.policies()
    at = next((index for index, row in enumerate(rows) if row.pk == pk), None)
    if at is None or way not in ("up", "down"):
        raise Http404
    row = rows[at]
    to = max(0, min(len(rows) - 1, at + (-1 if way == "up" else 1)))
    rows.insert(to, rows.pop(at))
    said = _("%(name)s is number %(place)s now.") % {"name": row.name, "place": to + 1}
    return act(
        request,
        actions.order_policies,
        rows,
        by=request.user,
        now=timezone.now(),
        said=said,
        to="office:policies",
    )


@require_POST
@asks(PROMISES)
def policy_archive(request, pk):
    """Take it out of use, or back into it."""
    row = get_object_or_404(Policy, pk=pk)
    if row.archived_at:
        verb, said = actions.restore_policy, _("%(name)s is in use again.")
    else:
        verb, said = (
            actions.archive_policy,
            _("%(name)s is out of use. What was promised by it still counts."),
        )
    return act(
        request,
        verb,
        row,
        by=request.user,
        now=timezone.now(),
        said=said % {"name": row.name},
        to="office:policies",
    )
