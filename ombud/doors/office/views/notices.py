"""How one is told, and the page to which a mailed notice leads."""

from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.doors.office.context import escalation_url, notices_url, page_url, ticket_url
from ombud.doors.office.forms.notices import WaysForm
from ombud.doors.office.guard import asks
from ombud.doors.office.pages import done, page
from ombud.foundation.notifications import actions, queries
from ombud.foundation.notifications.kinds import page_of
from ombud.foundation.notifications.models import Notice
from ombud.foundation.post.queries import default_mailbox
from ombud.spine.escalations.queries import of_case
from ombud.spine.tickets.queries import visible_to


@asks()
def ways(request):
    """Which notices also come by mail."""
    chosen = {
        "by_mail": sorted(queries.kinds_by_mail(request.user)),
        "while_away": queries.ways_of(request.user).while_away,
    }
    form = WaysForm(request.POST or None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        actions.choose_ways(request.user, by=request.user, now=timezone.now(), **form.cleaned_data)
        return done(request, _("Saved: this is how you are told."), "office:notice_ways")
    return page(
        request,
        "notice_ways",
        form=form,
        mailbox=default_mailbox(),
        notices=notices_url(),
    )


@asks()
def one(request, pk):
    """Go to what a notice is about. It is read then."""
    notice = get_object_or_404(Notice, pk=pk, person=request.user)
    actions.mark_one_read(notice, now=timezone.now())
    ticket = visible_to(request.user).filter(pk=notice.case_id).first()
    if ticket:
        return redirect(ticket_url(ticket.number))
    escalation = of_case(request.user, notice.case_id) if notice.case_id else None
    if escalation:
        return redirect(escalation_url(escalation.number))
    return redirect(page_url(page_of(notice)) or notices_url())
