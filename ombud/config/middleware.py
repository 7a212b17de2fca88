"""What every page needs to know of its reader."""

from django.conf import settings
from django.shortcuts import redirect
from django.utils import timezone, translation

from ombud.foundation.people.models import Company

OPEN_BEFORE_FIRST_RUN = (
    "/welcome",
    "/language",
    "/api/",
    "/static/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/jsi18n",
    "/live",
)


def reader_locale(get_response):
    """Language and time zone: the person's own, else the browser's, else the company's."""

    def respond(request):
        person = request.user if request.user.is_authenticated else None
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = (person and person.language) or chosen or translation.get_language_from_request(request)
        language = language if language in dict(settings.LANGUAGES) else "en"
        with translation.override(language), timezone.override(person.zone if person else None):
            return get_response(request)

    return respond


def first_run(get_response):
    """Until the company is founded, every page leads to the first-run page."""
    founded = False

    def respond(request):
        nonlocal founded
        # Only who is signed in proves that the company is still there: a demo can be removed.
        sure = founded and request.user.is_authenticated
        if not sure and not request.path.startswith(OPEN_BEFORE_FIRST_RUN):
            founded = Company.ours() is not None
            if not founded:
                return redirect("/welcome")
        return get_response(request)

    return respond
