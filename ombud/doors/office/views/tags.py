"""Tags: how often each is used, renaming, merging, taking out of use."""

from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.office.forms.words import MergeForm, TagForm
from ombud.doors.office.guard import asks
from ombud.doors.office.lists import by_use
from ombud.doors.office.pages import act, done, kept, page
from ombud.foundation.people.permissions import SHARE
from ombud.spine.tickets import actions
from ombud.spine.tickets.models import Tag


@asks(SHARE)
def tags(request):
    form = TagForm(request.POST or None)
    if kept(request, form, actions.keep_tag):
        return done(request, _("“%(tag)s” is a tag now.") % {"tag": form.outcome.name}, "office:tags")
    used, archived = by_use(Tag.objects.annotate(uses=Count("taggings")).order_by("-uses", "name"))
    return page(
        request,
        "tags",
        form=form,
        tags=used,
        archived=archived,
    )


@asks(SHARE)
def tag(request, pk):
    found = get_object_or_404(Tag, pk=pk)
    form = TagForm(request.POST or None, initial={"name": found.name, "meaning": found.meaning})
    if kept(request, form, actions.keep_tag, tag=found):
        return done(request, _("“%(tag)s” is saved.") % {"tag": form.outcome.name}, "office:tags")
    return _one(request, pk, form=form)


def _one(request, pk, *, form=None, merge=None):
    found = Tag.objects.annotate(uses=Count("taggings")).get(pk=pk)
    return page(
        request,
        "tag",
        tag=found,
        form=form or TagForm(initial={"name": found.name, "meaning": found.meaning}),
        merge_form=merge or MergeForm(tag=found),
    )


@require_POST
@asks(SHARE)
def tag_merge(request, pk):
    found = get_object_or_404(Tag, pk=pk)
    form = MergeForm(request.POST, tag=found)
    if kept(request, form, actions.merge_tags, found, now=timezone.now()):
        words = _("“%(tag)s” is “%(into)s” now, on every ticket.")
        return done(
            request, words % {"tag": found.name, "into": form.cleaned_data["into"].name}, "office:tags"
        )
    return _one(request, pk, merge=form)


@require_POST
@asks(SHARE)
def tag_archive(request, pk):
    """Take a tag out of use, or back; tickets keep it."""
    found = get_object_or_404(Tag, pk=pk)
    words = (
        _("“%(tag)s” is in use again.")
        if found.archived_at
        else _("“%(tag)s” is out of use; tickets keep it.")
    )
    return act(
        request,
        actions.keep_tag,
        tag=found,
        archived_at=None if found.archived_at else timezone.now(),
        by=request.user,
        said=words % {"tag": found.name},
        to="office:tags",
    )
