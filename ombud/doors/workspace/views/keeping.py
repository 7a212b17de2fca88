"""Saved views: a filter with a name, one's own or everyone's."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from ombud.doors.workspace import filters, inbox
from ombud.doors.workspace.answers import deed, done
from ombud.spine.tickets.actions import keep_view, remove_view


@deed
def keep(request):
    """Save the current filter under a name; shared with everyone if one may and wants to."""
    try:
        base = inbox.view_called(request.POST.get("view", "all"), request.user)
    except KeyError:
        base = inbox.VIEWS["all"]
    kept = {**base.filters, **filters.read(request.POST)}
    owner = None if request.POST.get("shared") else request.user
    view = keep_view(
        by=request.user, name=request.POST.get("name", "").strip()[:80], filters=kept, owner=owner
    )
    href = reverse("workspace:view", args=[f"saved-{view.pk}"])
    return done(request, _("The view “%s” is saved.") % view.name, back=href, go=href)


@deed
def remove(request, view):
    """Take a saved view away; the tickets in it stay."""
    row = next((one for one in inbox.saved_views(request.user) if one.pk == view), None)
    if row is None:
        raise Http404
    remove_view(row, by=request.user)
    href = reverse("workspace:inbox")
    return done(request, _("The view “%s” is gone; its tickets are not.") % row.name, back=href, go=href)
