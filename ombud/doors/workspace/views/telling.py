"""What one was told: mentions, assignments, mails that came back. Opening a ticket reads its notices."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.doors.workspace.answers import deed, desk_page, done
from ombud.foundation.notifications.actions import mark_read
from ombud.foundation.notifications.models import Notice
from ombud.spine.tickets import queries

EACH = 50
ICONS = {
    "mentioned": "at-sign",
    "assigned": "user-round-check",
    "bounced": "mail-warning",
    "failed": "triangle-alert",
    "woken": "alarm-clock",
}


@desk_page
def notices(request):
    """All notices, the newest first."""
    mine = Notice.objects.filter(person=request.user).select_related("by", "case__ticket__customer")
    pages = Paginator(mine, EACH).get_page(request.GET.get("page"))
    visible = set(
        queries.visible_to(request.user)
        .filter(pk__in=[notice.case_id for notice in pages])
        .values_list("pk", flat=True)
    )
    context = {
        "now": timezone.now(),
        "notices": pages,
        "visible": visible,
        "sentence": sentence,
        "icon_for": lambda notice: ICONS.get(notice.kind, "bell"),
        "unread": mine.filter(read_at=None).exists(),
    }
    return render(request, "workspace/notices.html", context, using="jinja2")


@deed
def read_all(request):
    """All of them are read."""
    mark_read(request.user, now=timezone.now())
    return done(request, _("All read."), back=reverse("workspace:notices"))


def sentence(notice):
    """What a notice says."""
    who = notice.by.name if notice.by else _("Ombud")
    sentences = {
        "mentioned": _("%(who)s mentioned you"),
        "assigned": _("%(who)s gave you this ticket"),
        "bounced": _("A mail of yours came back"),
        "failed": _("A mail of yours could not be delivered"),
        "woken": _("It is awake again"),
    }
    return sentences.get(notice.kind, _("Something happened")) % {"who": who}
