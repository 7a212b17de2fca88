"""Whose page it is: the brand by the host, the customer by their visit; in their language, on their clock."""

from functools import wraps
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import trans_real

from ombud.foundation.people.branding import brand_at
from ombud.foundation.people.models import Company
from ombud.foundation.people.zones import zone_of
from ombud.foundation.visits.actions import turn
from ombud.foundation.visits.queries import LASTS, visit_by_secret

COOKIE = "ombud_customer"


def open_to_all(view):
    """A page of customers that strangers may read; whoever is signed in is known on it."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        return _shown(view, request, args, kwargs)

    guarded.open_to = "all"
    return guarded


def signed_in(view):
    """A page of customers who are signed in; the others are asked to, and come back."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        return _shown(view if _customer(request) else _to_sign_in, request, args, kwargs)

    guarded.open_to = "customers"
    return guarded


def _shown(view, request, args, kwargs):
    now = timezone.now()
    request.brand = brand_at(request.get_host())
    customer = _customer(request)
    zone = zone_of(customer, customer.account) if customer else None
    company = Company.ours()
    zone = zone or ZoneInfo(company.time_zone if company else settings.TIME_ZONE)
    language = spoken(request, customer, request.brand, company)
    with translation.override(language), timezone.override(zone):
        response = view(request, *args, **kwargs)
    patch_cache_control(response, private=True, no_store=True)
    patch_vary_headers(response, ["Cookie"])
    visit = getattr(request, "visit", None)
    if visit and COOKIE not in response.cookies and (secret := turn(visit, now=now)):
        let_in(response, secret)
    return response


def _customer(request):
    if not hasattr(request, "visit"):
        request.visit = visit_by_secret(request.COOKIES.get(COOKIE, ""), timezone.now())
    return request.visit.customer if request.visit else None


def _to_sign_in(request, *args, **kwargs):
    back = {"next": request.get_full_path()} if request.method == "GET" else {}
    address = reverse("portal:sign_in")
    return HttpResponseRedirect(f"{address}?{urlencode(back)}" if back else address)


def spoken(request, customer, brand, company):
    """What was chosen, else the customer's language, the browser's, the brand's, the company's."""
    chosen = [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME), customer and customer.language]
    asked = trans_real.parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    for code in (*chosen, *(code for code, _weight in asked), brand.language, company and company.language):
        if found := _ours(code):
            return found
    return settings.LANGUAGE_CODE


def _ours(code):
    try:
        return translation.get_supported_language_variant(code.lower().replace("_", "-")) if code else None
    except LookupError:
        return None


def let_in(response, secret):
    """The cookie with a visit's secret."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def let_out(response):
    """Without it."""
    response.delete_cookie(COOKIE, samesite="Lax")
