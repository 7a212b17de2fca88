"""Everything below /api/."""

from django.apps import apps
from django.urls import path, re_path
from ninja import NinjaAPI

from ombud import __version__

from .callers import Bearer, visiting
from .described import ABOUT
from .errors import nowhere, plainly, teach
from .parsing import JsonOnly
from .views import attachments, climbs, docs, escalations, messages, promises, tickets

api = NinjaAPI(
    title="Ombud",
    version=__version__,
    description=ABOUT,
    urls_namespace="api-1",
    auth=Bearer(),
    parser=JsonOnly(),
    openapi_url="/openapi.json",
    docs_url=None,
)
teach(api)
for room in (tickets, messages, promises, climbs, escalations, attachments):
    api.add_router("", room.router)
if apps.is_installed("ombud.features.quiet_status"):  # a desk can do without
    from .views import statuses

    api.add_router("", statuses.router)

_patterns, _app, _namespace = api.urls
for pattern in _patterns:
    pattern.callback = visiting(plainly(pattern.callback))

urlpatterns = [
    path("v1/docs", docs.read, {"api": api}, name="api_docs"),
    path("v1/", nowhere),  # ninja would answer its own way here
    path("v1/", (_patterns, _app, _namespace)),
    re_path(r"^(?P<path>.*)$", nowhere),
]
