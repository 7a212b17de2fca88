"""Every door's addresses."""

from importlib.util import find_spec

from allauth.account.urls import urlpatterns as allauth_urls
from django.urls import include, path
from django.views.i18n import set_language

DOORS = [
    ("ombud.doors.api.urls", "api/"),
    ("ombud.doors.office.urls", ""),
    ("ombud.doors.portal.urls", ""),
    ("ombud.doors.workspace.urls", ""),
]

# A person's mail address is changed by an administrator, in the log; allauth's own page would go past it.
ACCOUNT = [pattern for pattern in allauth_urls if pattern.name != "account_email"]


def _exists(module):
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


urlpatterns = [
    path("account/", include(ACCOUNT)),
    path("language", set_language, name="set_language"),
    *(path(at, include(door)) for door, at in DOORS if _exists(door)),
]

handler400 = "ombud.doors.office.views.errors.bad_request"
handler403 = "ombud.doors.office.views.errors.forbidden"
handler404 = "ombud.doors.office.views.errors.not_found"
handler500 = "ombud.doors.office.views.errors.broken"
