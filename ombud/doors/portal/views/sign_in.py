"""Coming in: by a mailed link, or by a password. Whether we know an address, nobody is told."""

from django.core.cache import cache
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.portal.forms import LinkForm, PasswordForm
from ombud.doors.portal.guard import let_in, let_out, open_to_all, signed_in
from ombud.doors.portal.views.frame import absolute, mailbox_of, page
from ombud.foundation.visits import actions as visits

EACH_HOST = 30  # tries from one network address within the window; an office shares one
WINDOW = 15 * 60  # seconds


@open_to_all
def sign_in(request):
    """Ask for a link. The answer is the same for every address."""
    if request.visit:
        return redirect("portal:requests")
    back = _back(request)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _too_many(request, "link"):
            form.add_error(None, _too_often())
            return _door(request, form, PasswordForm(), back, status=429)
        address = form.cleaned_data["email"]
        visits.send_way_in(
            address,
            brand=request.brand,
            mailbox=mailbox_of(request.brand),
            link_of=lambda secret: _link(request, secret, back),
            now=timezone.now(),
        )
        return page(request, "sent", address=address)
    return _door(request, form, PasswordForm(), back, status=422 if form.errors else 200)


@require_POST
@open_to_all
def password(request):
    """Come in by a password."""
    form, back = PasswordForm(request.POST), _back(request)
    if not form.is_valid():
        return _door(request, LinkForm(), form, back, status=422)
    if _too_many(request, "password"):
        form.add_error(None, _too_often())
        return _door(request, LinkForm(), form, back, status=429)
    entered = visits.enter_by_password(
        form.cleaned_data["address"], form.cleaned_data["password"], now=timezone.now()
    )
    if entered is None:
        words = _("This address and this password do not fit. You can always ask for a link by mail.")
        form.add_error(None, words)
        return _door(request, LinkForm(), form, back, status=422)
    return _come_in(entered, back)


@open_to_all
def way_in(request, secret):
    """Where the mailed link leads: a button, so that no scanner of mails uses it up."""
    if request.method != "POST":
        return page(request, "way_in", back=_back(request))
    entered = visits.enter_by_link(secret, now=timezone.now())
    if entered is None:
        return page(request, "used", status=410)
    return _come_in(entered, _back(request))


@require_POST
@signed_in
def leave(request):
    """Sign out here, or on every device."""
    if "everywhere" in request.POST:
        visits.leave_everywhere(request.visit.customer, now=timezone.now())
    else:
        visits.leave(request.visit, now=timezone.now())
    response = redirect("portal:sign_in")
    let_out(response)
    return response


def _come_in(entered, back):
    _visit, secret = entered
    response = HttpResponseRedirect(back or reverse("portal:requests"))
    let_in(response, secret)
    return response


def _door(request, link, password, back, *, status):
    return page(request, "sign_in", link=link, password=password, back=back, status=status)


def _link(request, secret, back):
    address = absolute(request, request.brand, "portal:way_in", secret)
    return f"{address}?next={back}" if back else address


def _back(request):
    """Where they wanted to go: only a customers' page of our own, never another site."""
    given = request.POST.get("next") or request.GET.get("next") or ""
    own = given.startswith(reverse("portal:requests")) and url_has_allowed_host_and_scheme(given, None)
    return given if own and len(given) < 200 else ""


def _too_many(request, what):
    key = f"portal:{what}:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key) > EACH_HOST
    except ValueError:  # it ran out in this very moment
        return False


def _too_often():
    return _("Very many tries came from your network just now. Please try again in a quarter of an hour.")
