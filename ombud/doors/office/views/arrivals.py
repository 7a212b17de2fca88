"""What came in and was put aside, and which channels are open."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from ombud.doors.office.context import contact_url
from ombud.doors.office.guard import asks
from ombud.doors.office.lists import page_before
from ombud.doors.office.pages import act, done, page
from ombud.features.channels import actions, queries
from ombud.features.channels.arrival.channel import channels as every_channel
from ombud.features.channels.models import Incoming
from ombud.foundation.people.permissions import ADMINISTER
from ombud.lib.files import path_of

VERBS = {"retry": actions.retry, "let_in": actions.let_in, "ignore": actions.ignore}
ABOUT = {
    "email": gettext_lazy("By SMTP, and fetched from the mailboxes by IMAP."),
    "web_form": gettext_lazy("The contact form on the customers’ pages."),
    "portal": gettext_lazy("What signed-in customers write on their own pages."),
    "phone": gettext_lazy("Calls that somebody of ours writes down."),
}


@asks(ADMINISTER)
def aside(request):
    """What waits for an administrator; on the other tab, what was left alone."""
    ignored = request.GET.get("show") == "ignored"
    rows = queries.left_alone() if ignored else queries.put_aside()
    before = request.GET.get("before", "")
    rows, more = page_before(rows, before)
    return page(
        request,
        "aside",
        rows=rows,
        more=more,
        ignored=ignored,
        count=sum(queries.counts().values()),
        first_page=not before,
    )


@asks(ADMINISTER)
def aside_one(request, pk):
    found = get_object_or_404(Incoming.objects.select_related("mailbox", "message__ticket"), pk=pk)
    titles = every_channel()
    channel = titles[found.channel].title if found.channel in titles else found.channel
    return page(request, "aside_one", incoming=found, channel=channel)


@asks(ADMINISTER)
def aside_raw(request, pk):
    """The original, byte for byte."""
    found = get_object_or_404(Incoming, pk=pk)
    path = path_of(found.raw)
    if not path.exists():
        raise Http404
    ending = "json" if found.source == "form" else "eml"
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"{found.pk}.{ending}",
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@asks(ADMINISTER)
def aside_act(request, pk, verb):
    """Try again, let in whatever the guards say, or leave alone."""
    if verb not in VERBS:
        raise Http404
    said = {
        "retry": _("It is tried again now."),
        "let_in": _("It is let in now, whatever the guards say."),
        "ignore": _("It is left alone. You find it under “Left alone”."),
    }
    found = get_object_or_404(Incoming, pk=pk)
    return act(
        request, VERBS[verb], found, by=request.user, now=timezone.now(), said=said[verb], to="office:aside"
    )


@require_POST
@asks(ADMINISTER)
def aside_many(request):
    """The same for all that were ticked; what cannot be done to one does not stop the others."""
    verb = VERBS.get(request.POST.get("verb", ""))
    if verb is None:
        raise Http404
    chosen = [int(pk) for pk in request.POST.getlist("chosen") if pk.isdigit()]
    if not chosen:
        return redirect("office:aside")
    rows, now, count = Incoming.objects.filter(pk__in=chosen), timezone.now(), 0
    for row in rows.filter(state__in=[Incoming.State.ASIDE, Incoming.State.IGNORED]):
        if verb is not actions.ignore or row.state == Incoming.State.ASIDE:
            verb(row, by=request.user, now=now)
            count += 1
    words = ngettext("Done for %(count)s mail.", "Done for %(count)s mails.", count) % {"count": count}
    return done(request, words, "office:aside")


@asks(ADMINISTER)
def channels(request):
    closed = queries.closed()
    rows = [
        {"name": name, "title": channel.title, "about": ABOUT.get(name, ""), "open": name not in closed}
        for name, channel in every_channel().items()
    ]
    return page(request, "channels", rows=rows, contact=request.build_absolute_uri(contact_url()))


@require_POST
@asks(ADMINISTER)
def channel_switch(request, name):
    """Open a channel, or close it."""
    if name not in every_channel():
        raise Http404
    opens = not queries.is_open(name)
    title = every_channel()[name].title
    words = (
        _("%(channel)s is open.")
        if opens
        else _("%(channel)s is closed. Nothing is lost: see what its senders are told.")
    )
    return act(
        request,
        actions.switch,
        name,
        opens,
        by=request.user,
        now=timezone.now(),
        said=words % {"channel": title},
        to="office:channels",
    )
