"""Mailboxes: how they are, their settings, and trying their servers."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.office import connections
from ombud.doors.office.forms.mailboxes import MailboxForm, ServersForm
from ombud.doors.office.guard import asks
from ombud.doors.office.lists import by_use
from ombud.doors.office.pages import act, done, page, tried
from ombud.foundation.people.permissions import ADMINISTER
from ombud.foundation.post import actions, secrets
from ombud.foundation.post.models import Letter, Mailbox


@asks(ADMINISTER)
def mailboxes(request):
    """Every mailbox and how it is."""
    waits = Count("letters", filter=Q(letters__state=Letter.State.WAITING) & ~Q(letters__error=""))
    dead = Count("letters", filter=Q(letters__state=Letter.State.DEAD))
    boxes = Mailbox.objects.select_related("team").annotate(set_back=waits, dead=dead)
    used, archived = by_use(boxes)
    return page(request, "mailboxes", mailboxes=used, archived=archived)


@asks(ADMINISTER)
def mailbox_new(request):
    return _edit(request, None)


@asks(ADMINISTER)
def mailbox(request, pk):
    return _edit(request, get_object_or_404(Mailbox, pk=pk))


def _edit(request, box):
    form = MailboxForm(request.POST or None, mailbox=box)
    answers = {}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("try"):
            answers = answers_of(form, request.POST["try"])
        elif tried(
            form,
            actions.keep_mailbox,
            mailbox=box,
            by=request.user,
            now=timezone.now(),
            **form.settings(),
        ):
            words = _("%(address)s is saved.") % {"address": form.outcome.address}
            return done(request, words, "office:mailboxes")
    return page(request, "mailbox", form=form, mailbox=box, answers=answers)


@require_POST
@asks(ADMINISTER)
def mailbox_try(request, wire, pk=None):
    """Connect with the settings on the page, saved or not; answers with the sentence for the page."""
    box = get_object_or_404(Mailbox, pk=pk) if pk else None
    form = ServersForm(request.POST, mailbox=box)
    answer = answers_of(form, wire)[wire] if form.is_valid() else None
    return render(request, "office/connection.html", {"wire": wire, "answer": answer, "form": form})


def answers_of(form, wire):
    """What the server of this wire (smtp or imap) says to the settings in a form."""
    given = form.cleaned_data
    try:
        password = form.password(wire)
    except secrets.LostKey:
        words = _("The stored password cannot be read: the installation’s key has changed. Write it again.")
        return {wire: connections.Answer(False, words)}
    server = {part: given[f"{wire}_{part}"] for part in ("host", "port", "security", "user")}
    if wire == "imap":
        return {wire: connections.try_imap(**server, password=password, folder=given["imap_folder"])}
    domain = (given.get("address") or "localhost").rpartition("@")[2]
    return {"smtp": connections.try_smtp(**server, password=password, our_name=domain)}


@require_POST
@asks(ADMINISTER)
def mailbox_archive(request, pk):
    """Take a mailbox out of use, or back into it; its tickets and letters stay."""
    box = get_object_or_404(Mailbox, pk=pk)
    now = timezone.now()
    said = (
        _("%(address)s is in use again.")
        if box.archived_at
        else _("%(address)s is out of use; its tickets stay.")
    )
    return act(
        request,
        actions.keep_mailbox,
        mailbox=box,
        archived_at=None if box.archived_at else now,
        by=request.user,
        now=now,
        said=said % {"address": box.address},
        to="office:mailboxes",
    )
