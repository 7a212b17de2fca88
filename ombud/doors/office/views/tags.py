"""Tags: how often each is used, renaming, merging, taking out of use."""

from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.office.forms.words import MergeForm, TagForm
from ombud.doors.office.guard import asks
from ombud.doors.office.pages import act, done, page, tried
from ombud.foundation.people.permissions import SHARE
from ombud.spine.tickets import actions
from ombud.spine.tickets.models import Tag


@asks(SHARE)
def tags(request):
    form = TagForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, actions.keep_tag, by=request.user, **form.cleaned_data)
    ):
        return done(request, _("“%(tag)s” is a tag now.") % {"tag": form.outcome.name}, "office:tags")
    every = Tag.objects.annotate(uses=Count("taggings")).order_by("-uses", "name")
    return page(
        request,
        "tags",
        form=form,
        tags=[tag for tag in every if not tag.archived_at],
        archived=[tag for tag in every if tag.archived_at],
        status=422 if form.errors else 200,
    )


@asks(SHARE)
def tag(request, pk):
    found = get_object_or_404(Tag, pk=pk)
    form = TagForm(request.POST or None, initial={"name": found.name, "meaning": found.meaning})
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, actions.keep_tag, tag=found, by=request.user, **form.cleaned_data)
    ):
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
        status=422 if (form and form.errors) or (merge and merge.errors) else 200,
    )


@require_POST
@asks(SHARE)
def tag_merge(request, pk):
    found = get_object_or_404(Tag, pk=pk)
    form = MergeForm(request.POST, tag=found)
    if form.is_valid() and tried(
        form, actions.merge_tags, found, by=request.user, now=timezone.now(), **form.cleaned_data
    ):
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
