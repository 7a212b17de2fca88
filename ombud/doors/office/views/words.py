"""Quick replies, saved views, and the matrix as a picture."""

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ombud.doors.office.forms.words import QuickReplyForm, whose
from ombud.doors.office.guard import asks
from ombud.doors.office.lists import by_use
from ombud.doors.office.pages import act, done, kept, page
from ombud.foundation.people.permissions import SHARE, may, require
from ombud.lib.mail import text_of
from ombud.spine.tickets import actions
from ombud.spine.tickets.models import Level, QuickReply, SavedView
from ombud.spine.tickets.models.levels import MATRIX

PLACEHOLDERS = (
    ("customer", gettext_lazy("the customer’s name")),
    ("first_name", gettext_lazy("their first name")),
    ("email", gettext_lazy("their address")),
    ("account", gettext_lazy("their company")),
    ("number", gettext_lazy("the ticket’s number")),
    ("subject", gettext_lazy("its subject")),
    ("agent", gettext_lazy("your name")),
    ("agent_first_name", gettext_lazy("your first name")),
    ("team", gettext_lazy("the ticket’s team")),
    ("company", gettext_lazy("our company")),
)


def _mine(person):
    """The quick replies that a person may see here: everyone's, their teams' and their own."""
    shared = (
        Q(owner=None) if may(person, SHARE) else Q(owner=None, team=None) | Q(team__in=person.teams.all())
    )
    return QuickReply.objects.filter(shared | Q(owner=person)).select_related("team")


@asks()
def replies(request):
    used, archived = by_use(_mine(request.user))
    return page(
        request,
        "replies",
        replies=[(reply, " ".join(text_of(reply.html).split())) for reply in used],
        archived=archived,
        languages_by_code=dict(QuickReplyForm(by=request.user).fields["language"].choices),
    )


@asks()
def reply_new(request):
    return _edit_reply(request, None)


@asks()
def reply(request, pk):
    return _edit_reply(request, get_object_or_404(_mine(request.user), pk=pk))


def _edit_reply(request, found):
    form = QuickReplyForm(request.POST or None, by=request.user, quick_reply=found)
    changeable = found is None or found.owner_id == request.user.pk or may(request.user, SHARE)
    if request.method == "POST":
        _may_change(request, found)
        if kept(request, form, actions.keep_quick_reply, quick_reply=found):
            return done(request, _("“%(name)s” is saved.") % {"name": form.outcome.name}, "office:replies")
    return page(
        request,
        "reply",
        form=form,
        reply=found,
        whose=whose(found) if found else "me",
        placeholders=PLACEHOLDERS,
        changeable=changeable,
    )


def _may_change(request, found):
    """What is shared may only be changed, or taken for oneself, by those who may share."""
    if found and found.owner_id != request.user.pk:
        require(request.user, SHARE)


@require_POST
@asks()
def reply_archive(request, pk):
    found = get_object_or_404(_mine(request.user), pk=pk)
    _may_change(request, found)
    words = _("“%(name)s” is in use again.") if found.archived_at else _("“%(name)s” is out of use.")
    return act(
        request,
        actions.keep_quick_reply,
        quick_reply=found,
        archived_at=None if found.archived_at else timezone.now(),
        by=request.user,
        said=words % {"name": found.name},
        to="office:replies",
    )


@asks()
def views(request):
    """Saved views: one's own, and those that everybody has."""
    every = SavedView.objects.filter(Q(owner=None) | Q(owner=request.user))
    return page(
        request,
        "views",
        own=[view for view in every if view.owner_id],
        shared=[view for view in every if not view.owner_id],
        may_share=may(request.user, SHARE),
    )


@require_POST
@asks(SHARE)
def view_share(request, pk):
    """Give one's own view to everybody, or take a shared one back for oneself."""
    found = get_object_or_404(SavedView.objects.filter(Q(owner=None) | Q(owner=request.user)), pk=pk)
    words = _("Everybody has “%(name)s” now.") if found.owner_id else _("“%(name)s” is only yours now.")
    return act(
        request,
        actions.keep_view,
        view=found,
        owner=None if found.owner_id else request.user,
        by=request.user,
        said=words % {"name": found.name},
        to="office:views",
    )


@require_POST
@asks()
def view_remove(request, pk):
    found = get_object_or_404(SavedView.objects.filter(Q(owner=None) | Q(owner=request.user)), pk=pk)
    words = _("“%(name)s” is gone; its tickets are where they were.") % {"name": found.name}
    return act(request, actions.remove_view, found, by=request.user, said=words, to="office:views")


@asks()
def matrix(request):
    """What the matrix says, to be looked at."""
    levels = list(Level)
    rows = [
        {"severity": severity, "cells": [MATRIX[severity, urgency] for urgency in levels]}
        for severity in reversed(levels)
    ]
    return page(request, "matrix", rows=rows, urgencies=levels)
