"""Every door's addresses."""

from allauth.account.urls import urlpatterns as allauth_urls
from django.urls import include, path
from django.views.i18n import set_language

from ombud.config import health

DOORS = [
    path("api/", include("ombud.doors.api.urls")),
    path("", include("ombud.doors.office.urls")),
    path("", include("ombud.doors.cockpit.urls")),
    path("", include("ombud.doors.workspace.urls")),
    path("", include("ombud.doors.portal.urls")),
]

# A person's mail address is changed by an administrator, in the log; allauth's own page would go past it.
ACCOUNT = [pattern for pattern in allauth_urls if pattern.name != "account_email"]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("account/", include(ACCOUNT)),
    path("language", set_language, name="set_language"),
    *DOORS,
]

handler400 = "ombud.doors.office.views.errors.bad_request"
handler403 = "ombud.doors.office.views.errors.forbidden"
handler404 = "ombud.doors.office.views.errors.not_found"
handler500 = "ombud.doors.office.views.errors.broken"
