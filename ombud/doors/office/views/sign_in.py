"""Signing in: into the demo with one press, and being locked out for a while."""

from datetime import timedelta

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ombud.foundation.people.models import Company, Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_POST
def demo_sign_in(request):
    """One press signs in as somebody of the demo story; there is no such thing on a real desk."""
    company = Company.ours()
    if not (company and company.is_demo):
        raise Http404
    person = get_object_or_404(Person.objects.working(), pk=request.POST.get("person") or 0)
    login(request, person, backend=BACKEND)
    return redirect(_safe(request, request.POST.get("next")) or settings.LOGIN_REDIRECT_URL)


def _safe(request, address):
    same = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if address and same else ""


def locked(request, response=None, credentials=None):
    """django-axes shows this page after too many wrong passwords."""
    wait = get_cool_off(request) or timedelta(0)
    who = (credentials or {}).get("email") or request.POST.get("login", "")
    context = {"who": who, "minutes": max(1, round(wait.total_seconds() / 60))}
    return render(request, "office/locked.html", context, status=429)
