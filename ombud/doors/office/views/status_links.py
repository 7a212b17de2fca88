"""The page behind a one-tap answer in a mail. Looking at it changes nothing: only its button does."""

from contextlib import ExitStack

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from ombud.doors.office.forms.statuses import AnswerForm
from ombud.doors.office.pages import refuse
from ombud.features.quiet_status import actions, queries
from ombud.features.quiet_status.models import Bundle, Kind, Request, State
from ombud.features.quiet_status.tokens import FalseToken, OutOfDate, make_token, read_token
from ombud.features.quiet_status.words import ICONS, briefs, why_between


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def status(request, token):
    """One question, the tapped answer already chosen, and one button."""
    # The link is secret, so without a session there is nobody in whose name another page could press.
    answer = csrf_protect(_answer) if request.user.is_authenticated else _answer
    response = answer(request, token)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer" if request.user.is_anonymous else "same-origin"
    return response


def _answer(request, token):
    try:
        bundle_id, request_id = read_token(token)
        asked, bundle = queries.request_called(request_id), Bundle.objects.get(pk=bundle_id)
    except OutOfDate:
        return _nothing(request, "out_of_date", 410)
    except (FalseToken, Request.DoesNotExist, Bundle.DoesNotExist):
        return _nothing(request, "false", 404)
    if not asked.person.is_active:
        return _nothing(request, "left", 410)
    with ExitStack() as stack:
        # Whom the mail was for reads it in their language, on their clock, whoever is signed in here.
        stack.enter_context(translation.override(asked.person.language or translation.get_language()))
        stack.enter_context(timezone.override(queries.zone_of(asked.person)))
        form = AnswerForm(
            request.POST if request.method == "POST" else None, initial={"kind": _tapped(request)}
        )
        if request.method == "POST" and asked.is_open and form.is_valid() and _sent(form, asked):
            return redirect("office:status", token)
        return _show(request, asked, bundle, form, token)


def _tapped(request):
    said = request.GET.get("say", "")
    return said if said in Kind.values else ""


def _sent(form, asked):
    try:
        actions.answer(asked.escalation, asked.person, request=asked, now=timezone.now(), **form.cleaned_data)
    except ValidationError as refused:
        refuse(form, refused)
        asked.refresh_from_db(fields=["state", "why"])
        return not asked.is_open  # somebody was quicker, or it is over: the page says so
    return True


def _show(request, asked, bundle, form, token):
    now = timezone.now()
    [brief] = briefs([(asked.escalation, asked)], asked.person, now)
    others = [one for one in queries.still_open_in(bundle, asked.person) if one.pk != asked.pk]
    context = {
        "now": now,
        "form": form,
        "asked": asked,
        "brief": brief,
        "answer": getattr(asked, "answer", None),
        "state": _state(asked),
        "why": why_between(bundle, now) if asked.is_open else "",
        "others": [(one, reverse("office:status", args=[make_token(bundle.pk, one.pk)])) for one in others],
        "icons": ICONS,
        "kinds": Kind,
    }
    refused = request.method == "POST" and _state(asked) == "asked"
    return render(request, "office/status.html", context, status=422 if refused else 200)


def _state(asked):
    if asked.state == State.ANSWERED:
        return "answered"
    return "asked" if asked.is_open and asked.escalation.is_open else "over"


def _nothing(request, why, status):
    return render(request, "office/have_nothing.html", {"why": why}, status=status)
