"""What one was told: mentions, assignments, mails that came back. Opening a ticket reads its notices."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.doors.workspace.answers import deed, desk_page, done
from ombud.doors.workspace.links import url_or_none
from ombud.foundation.notifications.actions import mark_read
from ombud.foundation.notifications.kinds import icon_of, page_of, sentence
from ombud.foundation.notifications.models import Notice
from ombud.spine.escalations.queries import among_cases
from ombud.spine.tickets import queries

EACH = 50


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
    escalations = among_cases(request.user, [notice.case_id for notice in pages if notice.case_id])
    context = {
        "now": timezone.now(),
        "escalations": escalations,
        "escalation_url": lambda escalation: url_or_none("cockpit:escalation", escalation.number),
        "page_for": lambda notice: page_of(notice) and url_or_none(page_of(notice)),
        "notices": pages,
        "visible": visible,
        "sentence": sentence,
        "icon_for": icon_of,
        "unread": mine.filter(read_at=None).exists(),
    }
    return render(request, "workspace/notices.html", context, using="jinja2")


@deed
def read_all(request):
    """All of them are read."""
    mark_read(request.user, now=timezone.now())
    return done(request, _("All read."), back=reverse("workspace:notices"))
