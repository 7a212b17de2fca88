"""What came of a survey: its score with n and interval, how answers spread, by month, by team, in words."""

import csv
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ombud.doors.office.guard import asks
from ombud.doors.office.pages import page
from ombud.features.surveys import queries
from ombud.features.surveys.figures import ENOUGH, figures
from ombud.features.surveys.models import Survey
from ombud.foundation.people.permissions import SEE_ALL

from . import survey_figures

DAYS = (30, 90, 365)
WORDS = 60  # of the newest answers
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for one


@asks(SEE_ALL)
def survey_results(request, pk):
    """Of the last so many days, or of all time."""
    survey, days, answers = _asked_for(request, pk)
    scores = queries.scores_of(answers)
    found = figures(survey.kind, [score for score, _at, _team in scores])
    asked = queries.asked_of(request.user, survey)
    return page(
        request,
        "survey_results",
        survey=survey,
        days=days,
        choices=_choices(days),
        score=survey_figures.shown(survey.kind, found),
        head=survey_figures.HEADS[survey.kind],
        answered=survey_figures.answered(asked),
        waiting=asked["waiting"],
        spread=survey_figures.spread(found, survey.scale, survey.bad),
        months=survey_figures.by_month(survey.kind, scores),
        teams=survey_figures.by_team(survey.kind, scores),
        axis=survey_figures.axis(survey.kind),
        words=answers.exclude(words="").select_related("ticket__account", "customer", "promise")[:WORDS],
        enough=ENOUGH,
        now=timezone.now(),
    )


def _asked_for(request, pk):
    survey = get_object_or_404(Survey, pk=pk)
    days = request.GET.get("days", "")
    days = int(days) if days.isdigit() and int(days) in DAYS else None
    answers = queries.visible_answers(request.user, survey)
    if days:
        answers = answers.filter(answered_at__gte=timezone.now() - timedelta(days=days))
    return survey, days, answers


def _choices(days):
    named = [
        {
            "label": ngettext("%(num)s day", "%(num)s days", one) % {"num": one},
            "href": f"?days={one}",
            "current": one == days,
        }
        for one in DAYS
    ]
    return [*named, {"label": _("All"), "href": "?", "current": days is None}]


@asks(SEE_ALL)
def survey_csv(request, pk):
    """Every answer as a row, for a spreadsheet. Anonymous ones have neither day nor ticket."""
    survey, _days, answers = _asked_for(request, pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(survey.name) or "survey"}.csv"'
    response.write("\ufeff")  # so that spreadsheets read it as UTF-8
    rows = csv.writer(response)
    rows.writerow(["answered", "scale", "score", "words", "language", "team", "tier", "ticket"])
    for answer in answers.select_related("team", "ticket").order_by("answered_at", "id"):
        at = timezone.localtime(answer.answered_at)
        rows.writerow(
            [
                f"{at:%Y-%m}"
                if survey.anonymous or answer.ask_id is None
                else at.isoformat(timespec="minutes"),
                survey.kind,
                answer.score,
                _plain(answer.words),
                answer.language,
                _plain(answer.team.name if answer.team else ""),
                answer.tier,
                answer.ticket.number if answer.ticket else "",
            ]
        )
    return response


def _plain(words):
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(FORMULAS) else words
