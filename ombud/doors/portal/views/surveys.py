"""Answering a survey: a page behind each number in the mail. Looking changes nothing; only sending does.

The link is secret and says who answers, so nobody signs in, and no session is needed.
"""

from contextlib import ExitStack
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ombud.features.surveys import actions, wording
from ombud.features.surveys.links import FalseLink, brand_of, read_token
from ombud.foundation.people.branding import brand_at
from ombud.foundation.people.models import Company
from ombud.foundation.people.zones import zone_of
from ombud.ui.locales import reader_locale

from .frame import page

MINUTE = 60
MOST_SEEN = 300  # pages a minute for one address: a company's mail scanner opens every link of every mail
MOST_FALSE = 20  # false links a minute for one address: nobody mistypes more
MOST_SENT = 20  # answers a minute with one link


@csrf_exempt  # whoever could forge this holds the secret link already
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request, token, score=None):
    """The question with the number that was clicked, the thanks, or why the link opens nothing."""
    response = _answer(request, token, score)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _answer(request, token, score):
    address = request.META.get("REMOTE_ADDR", "")
    if _is_beyond(f"survey-seen:{address}", MOST_SEEN):
        return _nothing(request, "often", 429)
    try:
        pk = read_token(token)
    except FalseLink:
        beyond = _is_beyond(f"survey-false:{address}", MOST_FALSE)
        return _nothing(request, "often" if beyond else "false", 429 if beyond else 404)
    if request.method == "POST" and _is_beyond(f"survey-sent:{pk}", MOST_SENT):
        return _nothing(request, "often", 429)
    try:
        ask, answer = actions.opened(pk, timezone.now())
    except actions.Gone as gone:
        return _gone(request, gone.why)
    with ExitStack() as stack:
        stack.enter_context(translation.override(_language(request, ask)))
        stack.enter_context(timezone.override(_zone(ask)))
        if request.method == "POST":
            return _send(request, token, ask, answer)
        return _show(request, ask, answer, score)


def _gone(request, why):
    """A link that was ours: an answered one is thanked for; sending with it again is refused."""
    answered = why in ("answered", "closed")
    return _nothing(request, why, 200 if answered and request.method != "POST" else 410)


def _send(request, token, ask, answer):
    given = request.POST.get("score", "")
    try:
        actions.answer(
            ask.pk,
            int(given) if given.isascii() and given.isdecimal() and len(given) < 3 else None,
            request.POST.get("words", ""),
            language=translation.get_language(),
            now=timezone.now(),
        )
    except ValidationError as refused:
        return _form(request, ask, answer, None, wrong=" ".join(refused.messages))
    except actions.Gone as gone:  # somebody was quicker, in another window
        return _gone(request, gone.why)
    return redirect("portal:survey", token)


def _show(request, ask, answer, score):
    """The thanks for who has answered, unless they clicked another number or wish to change it."""
    another = score is not None and answer is not None and score != answer.score
    if answer is None or another or "change" in request.GET:
        return _form(request, ask, answer, score)
    return _page(
        request, ask, "survey_thanks", answer=answer, promised=_promised(answer), until=_until(answer)
    )


def _form(request, ask, answer, score, wrong=""):
    scale = ask.survey.scale
    chosen = score if score in scale.numbers else answer.score if answer else None
    return _page(
        request,
        ask,
        "survey",
        status=422 if wrong else 200,
        asked=_words(ask),
        scale=scale,
        chosen=chosen,
        written=request.POST.get("words", answer.words if answer else ""),
        answer=answer,
        wrong=wrong,
        anonymous=ask.survey.anonymous,
        longest=actions.LONGEST,
    )


def _words(ask):
    ticket = ask.ticket
    return wording.asked(ask.survey, subject=ticket.subject if ticket else "", company=brand_of(ask).name)


def _promised(answer):
    """Who of ours comes back, by when, as far as customers are told; nothing where nothing is owed."""
    promise = answer.promise
    if promise is None or not promise.is_owed or promise.due_at is None:
        return ""
    told = {"time": _time(promise.due_at)}
    if promise.by and brand_of(answer.ask).names_person:
        return _("%(name)s gets back to you by %(time)s.") % {"name": promise.by.name, **told}
    return _("We get back to you by %(time)s.") % told


def _until(answer):
    return _time(actions.changeable_until(answer))


def _time(at):
    """A time in a sentence, on the customer's clock: with its day, and without seconds."""
    return format_datetime(timezone.localtime(at), _DAYS[reader_locale().language], locale=reader_locale())


_DAYS = {
    "en": "EEEE d MMMM, HH:mm",
    "es": "EEEE d 'de' MMMM, HH:mm",
    "fr": "EEEE d MMMM, HH:mm",
    "zh": "M月d日EEEE HH:mm",
}


def _page(request, ask, name, *, status=200, **context):
    brand = brand_of(ask)
    return page(request, name, status=status, brand=brand, survey_brand=brand.name, **context)


def _nothing(request, why, status):
    brand = brand_at(request.get_host())
    return page(request, "survey_gone", status=status, why=why, brand=brand, survey_brand=brand.name)


def _language(request, ask):
    """What was chosen on a page of ours, else the language of the mail."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in dict(settings.LANGUAGES):
        return chosen
    return wording.language_for(ask.ticket, ask.customer)


def _zone(ask):
    company = Company.ours()
    account = (ask.ticket.account if ask.ticket else None) or ask.customer.account
    return zone_of(ask.customer, account) or ZoneInfo(company.time_zone if company else settings.TIME_ZONE)


def _is_beyond(key, most):
    """Whether this was asked too often within a minute; counted in the one web process of a desk."""
    cache.add(key, 0, MINUTE)
    try:
        return cache.incr(key) > most
    except ValueError:  # the minute ended between the two
        return False
