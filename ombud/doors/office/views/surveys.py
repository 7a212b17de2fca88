"""Surveys: what is asked, kept by those who keep promises; and taking one question back."""

from types import SimpleNamespace

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from ombud.doors.office.context import ticket_url
from ombud.doors.office.forms.surveys import PART_NAMES, SurveyConditionsForm, SurveyForm
from ombud.doors.office.guard import asks
from ombud.doors.office.pages import act, done, page, tried
from ombud.features.surveys import actions, letters, queries
from ombud.features.surveys.figures import figures
from ombud.features.surveys.models import Ask, Kind, Survey, When
from ombud.foundation.people.branding import base_address, default_brand
from ombud.foundation.people.permissions import CHANGE, PROMISES, SEE_ALL, may
from ombud.ui.frames import shut_in

from . import survey_figures

EXAMPLES = {"en": "Anna Berg", "es": "Carla Benítez", "fr": "Marie Leclerc", "zh-hans": "陈思远"}


@asks(SEE_ALL)
def surveys(request):
    """All surveys, each with its own score: scores of two are never counted together."""
    now, counts = timezone.now(), queries.counts_by_survey()
    rows = [_row(request.user, survey, counts[survey.pk]) for survey in queries.surveys()]
    archived = Survey.objects.filter(archived_at__isnull=False)
    reached = bool(base_address(default_brand()))
    return page(request, "surveys", rows=rows, archived=archived, reached=reached, now=now)


def _row(person, survey, counts):
    answers = queries.visible_answers(person, survey)
    scores = list(answers.values_list("score", flat=True))
    shown = survey_figures.shown(survey.kind, figures(survey.kind, scores))
    return {"survey": survey, "shown": shown, "head": survey_figures.HEADS[survey.kind], "counts": counts}


@asks(PROMISES)
def survey_new(request):
    """A new survey, with sensible settings and words to begin with."""
    return _edit(request, None)


@asks(PROMISES)
def survey(request, pk):
    """One survey: its editor, with the mail as it is read."""
    return _edit(request, get_object_or_404(Survey, pk=pk))


def _edit(request, found):
    data = request.POST if request.method == "POST" else None
    form = SurveyForm(data, survey=found)
    conditions = SurveyConditionsForm(data, conditions=found.conditions if found else None)
    understood = [part.is_valid() for part in (form, conditions)] if data else [False]
    if all(understood):
        given = form.settings() | {"conditions": conditions.conditions()}
        if tried(form, actions.keep_survey, found, by=request.user, now=timezone.now(), **given):
            return done(request, _("“%(name)s” is saved.") % {"name": form.outcome.name}, "office:surveys")
    return page(
        request,
        "survey",
        row=found,
        form=form,
        conditions=conditions,
        has_answers=bool(found) and found.answers.exists(),
        previews=previews(form),
        status=422 if data else 200,
    )


@require_POST
@asks(PROMISES)
def survey_draft(request):
    """The mails of what stands in the editor, while somebody writes it."""
    form = SurveyForm(request.POST)
    return render(request, "office/survey_previews.html", {"previews": previews(form)})


def previews(form):
    """For each language of the form the address of its mail."""
    about = {"kind": form["kind"].value(), "when": form["when"].value()}
    if form["anonymous"].value():
        about["anonymous"] = 1
    return [
        {
            "code": one["code"],
            "name": one["name"],
            "query": about
            | {"language": one["code"]}
            | {
                part: field.value()
                for part, (field, _ours) in zip(PART_NAMES, one["fields"], strict=True)
                if field.value()
            },
        }
        for one in form.languages()
    ]


@asks(PROMISES)
@xframe_options_sameorigin
def survey_mail(request):
    """A mail as its reader sees it, with an example customer; its links lead nowhere."""
    asked = request.GET
    language = asked.get("language", "en")
    if language not in dict(settings.LANGUAGES):
        language = "en"
    words = {part: asked[part] for part in PART_NAMES if part in asked}
    kind = asked.get("kind") if asked.get("kind") in Kind.values else Kind.CSAT
    when = asked.get("when") if asked.get("when") in When.values else When.RESOLVED
    example = Survey(kind=kind, when=when, words={language: words}, anonymous="anonymous" in asked)
    with translation.override(language):
        customer = SimpleNamespace(name=EXAMPLES.get(language, ""))
        ticket = SimpleNamespace(number=1042, subject=_("The label printer prints blank pages"))
        said = letters.told(example, customer, ticket, default_brand(), lambda score=None: "#")
        return shut_in(render_to_string("surveys/ask.html", said))


@require_POST
@asks(PROMISES)
def survey_archive(request, pk):
    """Take it out of use, or back into it."""
    found = get_object_or_404(Survey, pk=pk)
    if found.archived_at:
        verb, said = actions.restore_survey, _("“%(name)s” asks again.")
    else:
        verb, said = actions.archive_survey, _("“%(name)s” asks nobody any more. Its answers stay.")
    given = {"by": request.user, "now": timezone.now()}
    return act(request, verb, found, **given, said=said % {"name": found.name}, to="office:surveys")


@require_POST
@asks(CHANGE)
def survey_revoke(request, pk):
    """Take one question back: its link opens nothing any more."""
    ask = get_object_or_404(Ask.objects.select_related("ticket", "escalation", "customer"), pk=pk)
    seen = queries.may_see(request.user, ask)
    if not seen or not may(request.user, CHANGE):
        return redirect("office:surveys")
    to = ticket_url(ask.ticket.number) if ask.ticket else "office:surveys"
    given = {"by": request.user, "now": timezone.now()}
    return act(request, actions.revoke, ask, **given, said=_("The question is taken back."), to=to)
