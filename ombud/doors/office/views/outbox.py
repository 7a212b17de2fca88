"""The outbox: what waits, what was kept, what is dead; each to be read exactly as it would leave."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.office.guard import asks
from ombud.doors.office.lists import page_before
from ombud.doors.office.pages import act, done, page
from ombud.foundation.people.permissions import ADMINISTER
from ombud.foundation.post import actions, queries
from ombud.foundation.post.models import Letter
from ombud.spine.tickets import actions as tickets
from ombud.ui.frames import shut_in

SHOWN = {
    "waiting": Letter.State.WAITING,
    "kept": Letter.State.KEPT,
    "dead": Letter.State.DEAD,
    "sent": Letter.State.SENT,
}


@asks(ADMINISTER)
def outbox(request):
    """The newest letters of a state, fifty on a page."""
    state = request.GET.get("state", "")
    if state and state not in SHOWN:
        raise Http404
    before = request.GET.get("before", "")
    letters, more = page_before(queries.outbox(SHOWN.get(state)).select_related("case__ticket"), before)
    return page(
        request,
        "outbox",
        letters=letters,
        more=more,
        state=state,
        counts=queries.outbox_counts(),
        first_page=not before,
    )


@asks(ADMINISTER)
def letter(request, pk):
    found = get_object_or_404(Letter.objects.select_related("mailbox", "case__ticket"), pk=pk)
    number = found.case.ticket.number if found.case_id and hasattr(found.case, "ticket") else None
    return page(request, "letter", letter=found, number=number)


@asks(ADMINISTER)
def letter_html(request, pk):
    """The letter's HTML as its reader's mail program shows it, shut in a frame."""
    found = get_object_or_404(Letter.objects.only("html"), pk=pk)
    # We wrote it, so it keeps its own styles; the frame runs no script and loads nothing from elsewhere.
    return shut_in(found.html)


@require_POST
@asks(ADMINISTER)
def letter_retry(request, pk):
    found = get_object_or_404(Letter, pk=pk)
    return act(
        request,
        actions.retry,
        found,
        by=request.user,
        now=timezone.now(),
        said=_("The letter is in the post again."),
        to="office:letter",
        to_args=(pk,),
    )


@require_POST
@asks(ADMINISTER)
def letter_take_back(request, pk):
    """Stop a letter that has not left. An answer becomes a draft of its ticket again."""
    found = get_object_or_404(Letter.objects.select_related("message"), pk=pk)
    is_answer = hasattr(found, "message") and found.kind == "reply"
    take_back, what = (tickets.take_back, found.message) if is_answer else (actions.take_back, found)
    try:
        take_back(what, by=request.user, now=timezone.now())
    except (actions.TooLate, tickets.TooLate) as late:
        return done(request, str(late), "office:letter", pk)
    return done(request, _("The letter is taken back; nobody gets it."), "office:letter", pk)
