"""Every door's addresses."""

from importlib.util import find_spec

from django.urls import include, path

DOORS = [
    ("ombud.doors.api.urls", "api/"),
    ("ombud.doors.portal.urls", ""),
    ("ombud.doors.workspace.urls", ""),
]


def _exists(module):
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


urlpatterns = [
    path("account/", include("allauth.account.urls")),
    *(path(at, include(door)) for door, at in DOORS if _exists(door)),
]
