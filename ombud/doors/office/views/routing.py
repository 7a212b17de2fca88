"""Who gets escalations when nobody is named. Everybody may look."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.doors.office.forms.routing import RoutingForm
from ombud.doors.office.guard import asks
from ombud.doors.office.pages import done, kept, page
from ombud.foundation.people.permissions import ESCALATIONS, may
from ombud.spine.escalations import actions, routing


@asks()
def routes(request):
    """A team for each reason, a person for each tier, and who would get the next one."""
    may_edit, now = may(request.user, ESCALATIONS), timezone.now()
    if request.method == "POST" and not may_edit:
        raise PermissionDenied(ESCALATIONS)
    form = RoutingForm(request.POST or None)
    if kept(request, form, _keep, now=now):
        return done(request, _("It is saved."), "office:routing")
    return page(
        request,
        "routing",
        form=form,
        may_edit=may_edit,
        turns={reason: _next(reason, now) for reason, field in form.routes() if field.value()},
        else_to=routing.who_leads(now).person,
    )


@transaction.atomic
def _keep(*, routes, managers, by, now):
    for reason, team in routes.items():
        actions.keep_route(reason, team, by=by, now=now)
    for tier, person in managers.items():
        actions.keep_tier_manager(tier, person, by=by, now=now)


def _next(reason, now):
    falls = routing.who_leads(now, reason=reason)
    return _("Next: %(name)s") % {"name": falls.person.name} if falls.person else falls.why
