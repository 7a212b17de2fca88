"""Teams: who is in them, who leads them, which mailboxes are theirs."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.office.forms.people import TeamForm
from ombud.doors.office.guard import asks
from ombud.doors.office.lists import by_use
from ombud.doors.office.pages import act, done, kept, page
from ombud.foundation.people import actions
from ombud.foundation.people.models import Team
from ombud.foundation.people.permissions import PEOPLE


@asks(PEOPLE)
def teams(request):
    used, archived = by_use(Team.objects.prefetch_related("membership_set__person", "mailboxes"))
    return page(request, "teams", teams=used, archived=archived)


@asks(PEOPLE)
def team_new(request):
    return _edit(request, None)


@asks(PEOPLE)
def team(request, pk):
    return _edit(request, get_object_or_404(Team.objects.prefetch_related("mailboxes"), pk=pk))


def _edit(request, found):
    form = TeamForm(request.POST or None, team=found)
    if kept(request, form, actions.keep_team, team=found, now=timezone.now()):
        return done(request, _("%(team)s is saved.") % {"team": form.outcome.name}, "office:teams")
    return page(request, "team", form=form, team=found)


@require_POST
@asks(PEOPLE)
def team_archive(request, pk):
    """Take a team out of use, or back into it; its tickets stay."""
    found = get_object_or_404(Team, pk=pk)
    now = timezone.now()
    said = (
        _("%(team)s is in use again.")
        if found.archived_at
        else _("%(team)s is out of use; its tickets stay.")
    )
    return act(
        request,
        actions.keep_team,
        team=found,
        archived_at=None if found.archived_at else now,
        by=request.user,
        now=now,
        said=said % {"team": found.name},
        to="office:teams",
    )
