"""The page behind “I have it” in a mail. Looking at it changes nothing: only its button does."""

from contextlib import ExitStack, suppress
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from ombud.doors.office.context import ticket_url
from ombud.foundation.people.models import Company
from ombud.spine.ladders import actions, drawn, queries, words
from ombud.spine.ladders.models import State, Telling
from ombud.spine.ladders.tokens import FalseToken, OutOfDate, read_token
from ombud.spine.sla.models import Kind
from ombud.spine.tickets.queries import visible_to


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def have(request, token):
    """What burns, and one button. The link says who somebody is; a session, if there is one, may differ."""
    # The link is secret, so without a session there is nobody in whose name another page could press.
    answer = csrf_protect(_answer) if request.user.is_authenticated else _answer
    response = answer(request, token)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer" if request.user.is_anonymous else "same-origin"
    return response


def _answer(request, token):
    try:
        telling = queries.telling_called(read_token(token))
    except OutOfDate:
        return _nothing(request, "out_of_date", 410)
    except (FalseToken, Telling.DoesNotExist):
        return _nothing(request, "false", 404)
    if not telling.person.is_active:
        return _nothing(request, "left", 410)
    with ExitStack() as stack:
        if not _is_another(request, telling):
            stack.enter_context(translation.override(telling.person.language or translation.get_language()))
            stack.enter_context(timezone.override(_zone(telling.person)))
        if request.method == "POST":
            return _press(request, telling, token)
        return _show(request, telling)


def _is_another(request, telling):
    return request.user.is_authenticated and request.user.pk != telling.person_id


def _zone(person):
    company = Company.ours()
    return ZoneInfo(person.time_zone or (company.time_zone if company else "UTC"))


def _press(request, telling, token):
    verb = actions.let_go if request.POST.get("do") == "let_go" else actions.acknowledge
    with suppress(ValidationError):  # somebody was quicker, or it is over: the page says so, and since when
        verb(telling.climb, by=_who(request, telling), now=timezone.now())
    return redirect("office:have", token)


def _who(request, telling):
    """Who presses: whom the mail was for, or who is signed in here and says that it is them."""
    as_me = request.POST.get("as") == "me" and _is_another(request, telling)
    return request.user if as_me and _sees(request.user, telling) else telling.person


def _sees(person, telling):
    return visible_to(person).filter(pk=telling.climb.ticket_id).exists()


def _show(request, telling):
    climb, now = telling.climb, timezone.now()
    another = request.user if _is_another(request, telling) else None
    mine = {telling.person_id} | ({another.pk} if another else set())
    context = {
        "now": now,
        "telling": telling,
        "climb": climb,
        "ticket": climb.ticket,
        "sentence": words.why_words(climb),
        "ended": words.ended_words(climb),
        "promised": Kind(climb.promise.kind).label if climb.promise else "",
        "what": "" if climb.promise else words.what_words(climb, now),
        "also": words.also_words(climb),
        "rungs": drawn.strip(climb, now),
        "state": _state(climb, mine),
        "another": another,
        "another_sees": bool(another) and _sees(another, telling),
        "link": ticket_url(climb.ticket.number),
    }
    return render(request, "office/have.html", context)


def _state(climb, mine):
    if climb.state == State.ENDED:
        return "over"
    if climb.state == State.HELD:
        return "mine" if climb.held_by_id in mine else "theirs"
    return "asked"


def _nothing(request, why, status):
    return render(request, "office/have_nothing.html", {"why": why}, status=status)
