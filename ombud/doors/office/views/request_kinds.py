"""Kinds of request: what customers are asked beside their own words."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ombud.doors.office.forms import request_kinds as forms
from ombud.doors.office.forms.fields import own_names
from ombud.doors.office.guard import asks
from ombud.doors.office.lists import by_use
from ombud.doors.office.pages import act, done, page
from ombud.features.request_forms.actions import MOST, keep_kind
from ombud.features.request_forms.models import Ask, RequestKind
from ombud.features.request_forms.words import said
from ombud.foundation.people.models import Company
from ombud.foundation.people.permissions import SHARE

SORTS = {
    Ask.TEXT: gettext_lazy("A line of text"),
    Ask.LONG: gettext_lazy("Several lines of text"),
    Ask.CHOICE: gettext_lazy("One of several"),
    Ask.NUMBER: gettext_lazy("A number"),
    Ask.DATE: gettext_lazy("A date"),
    Ask.CHECKBOX: gettext_lazy("Yes or no"),
}


@asks(SHARE)
def request_kinds(request):
    used, archived = by_use(RequestKind.objects.all())
    return page(request, "request_kinds", kinds=used, archived=archived, said=said)


@asks(SHARE)
def request_kind_new(request):
    return _edit(request, None)


@asks(SHARE)
def request_kind(request, pk):
    return _edit(request, get_object_or_404(RequestKind, pk=pk))


def _edit(request, kind):
    """Every button of the page sends all of it; only Save keeps it."""
    wrong, do = "", request.POST.get("do", "")
    shown = {"names": {}, "abouts": {}, "questions": [forms.blank()]}
    if kind:
        shown = {"names": kind.names, "abouts": kind.abouts, "questions": kind.questions}
    if request.method == "POST":
        shown = forms.read(request.POST)
        if do and do != "save":
            shown["questions"] = forms.moved(shown["questions"], do)
        else:
            try:
                kept = keep_kind(kind=kind, by=request.user, now=timezone.now(), **shown)
            except ValidationError as refused:
                wrong = " ".join(refused.messages)
            else:
                words = _("%(name)s is saved.") % {"name": said(kept.names)}
                return done(request, words, "office:request_kinds")
    return page(
        request,
        "request_kind",
        kind=kind,
        shown=shown,
        wrong=wrong,
        sorts=[(sort.value, str(words)) for sort, words in SORTS.items()],
        tongues=_ours_first(),
        choices_in=forms.choices_in,
        most=MOST,
        title=said(kind.names) if kind else "",
        status=422 if wrong else None,
    )


def _ours_first():
    """The languages, the company's own before the others."""
    company = Company.ours()
    return sorted(own_names(), key=lambda pair: pair[0] != (company and company.language))


@require_POST
@asks(SHARE)
def request_kind_archive(request, pk):
    """Take a kind out of use, or back into it; what was answered stays on its tickets."""
    kind = get_object_or_404(RequestKind, pk=pk)
    now = timezone.now()
    words = _("%(name)s is in use again.") if kind.archived_at else _("%(name)s is out of use.")
    return act(
        request,
        keep_kind,
        kind=kind,
        archived_at=None if kind.archived_at else now,
        by=request.user,
        now=now,
        said=words % {"name": said(kind.names)},
        to="office:request_kinds",
    )
