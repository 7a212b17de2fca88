"""A small stage on which the components stand: the addresses that a real door would answer."""

from datetime import UTC, datetime

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import path

from ombud.ui.frames import shut_in
from ombud.ui.rail import RailEntry

NOW = datetime(2026, 11, 19, 13, 36, tzinfo=UTC)
NAMES = [
    "Carla Benítez",
    "陈思远",
    "Dr. Anneliese Hofmann-Wittgenstein",
    "Marie-Hélène de Saint-Aubin",
    "李梅",
]
RAIL = [
    RailEntry("/desk/", "inbox", "Inbox", current=True, key="g i"),
    RailEntry("/escalations/", "ladder", "Escalations", count=2, key="g e"),
    RailEntry("/customers/", "building-2", "Customers"),
    RailEntry("/settings/", "settings-2", "Settings", rank="second"),
]
CALLS = {
    "draft_url": "/draft/",
    "upload_url": "/upload/",
    "mentions_url": "/people/",
    "replies_url": "/replies/",
    "palette_url": "/palette/",
    "mail_url": "/mail/",
}
LETTER = (
    '<p style="color:#b91c1c;font-weight:700">Customs refused it</p><table width="420"><tr><td>HS code</td>'
    '<td>missing</td></tr></table><img src="https://tracker.example/pixel.gif" alt="">'
    '<script>document.title="got you"</script>'
)
drafts = []


def specimen(request):
    return render(request, "ui/specimen.html", {"now": NOW, **CALLS})


def desk(request):
    at = request.GET.get("at", "list")
    return render(
        request,
        "ui/specimen_desk.html",
        {"now": NOW, "at": at, "names": NAMES, "rail": RAIL, "me": {"name": "Ada Lindqvist"}, **CALLS},
    )


def live_desk(request):
    context = {"now": NOW, "at": "list", "names": NAMES, "rail": RAIL, "live_url": "/live/", **CALLS}
    return render(request, "ui/specimen_desk.html", context)


def threshold(request):
    return render(request, "ui/threshold.html")


def draft(request):
    drafts.append(request.POST.dict())
    return JsonResponse({})


def upload(request):
    return JsonResponse({"id": 7, "href": "/f/7", "name": request.FILES["file"].name})


def people(request):
    found = [name for name in ("Jun Watanabe", "Emil Okafor") if request.GET["q"].lower() in name.lower()]
    return JsonResponse({"items": [{"value": name[:3], "label": name, "about": "on duty"} for name in found]})


def replies(request):
    return JsonResponse(
        {"items": [{"label": "Where is my parcel", "html": "<div>We have asked the carrier.</div>"}]}
    )


def palette(request):
    item = {"label": "Acme Outdoor", "about": "Gold, Las Palmas", "href": "/customers/", "icon": "building-2"}
    return JsonResponse({"groups": [{"label": "Customers", "items": [item]}]})


def mail(request):
    return shut_in(LETTER, images="images" in request.GET)


def live(request):
    return StreamingHttpResponse(
        iter(['data: {"topics": ["list"], "kind": "mail"}\n\n']), content_type="text/event-stream"
    )


def broken(request):
    raise RuntimeError("a rung broke")


def close(request):
    if request.POST.get("fail"):
        return HttpResponse(status=403)
    env = engines["jinja2"].env
    return HttpResponse(env.globals["ui"].toast_swap("Closed by the server.", undo="/undo/"))


def undo(request):
    return HttpResponse(status=204)


handler404 = "ombud.ui.errors.not_found"
handler500 = "ombud.ui.errors.server_error"
urlpatterns = [
    path("specimen/", specimen),
    path("desk/", desk),
    path("live-desk/", live_desk),
    path("customers/", desk),
    path("escalations/", desk),
    path("threshold/", threshold),
    path("draft/", draft),
    path("upload/", upload),
    path("people/", people),
    path("replies/", replies),
    path("palette/", palette),
    path("mail/", mail),
    path("live/", live),
    path("broken/", broken),
    path("undo/", undo),
    path("close/", close),
]
