"""Deeds on the links to the customer's page: giving one, and taking it away."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.doors.cockpit.answers import deed, done, page_of
from ombud.foundation.people.permissions import NOTE, require
from ombud.spine.escalations import actions, queries
from ombud.spine.escalations.models import Pass
from ombud.spine.tickets.queries import visible_to


@deed
def give(request, escalation):
    """A link for one of the customer's people, on their own ticket or the main one."""
    require(request.user, NOTE)
    tickets = queries.tickets_of(escalation)
    asked = request.POST.get("customer", "")
    contacts = {one.customer_id: one.customer for one in escalation.contacts.select_related("customer")}
    people = contacts | {one.customer_id: one.customer for one in tickets}
    customer = people.get(int(asked) if asked.isdigit() else 0)
    ticket = next((one for one in tickets if customer and one.customer_id == customer.pk), None)
    ticket = ticket or next(iter(tickets), None)
    if customer is None or ticket is None:
        raise Http404(_("They have no part in it."))
    actions.give_pass(ticket, customer, by=request.user, now=timezone.now())
    words = _("There is a link for %(name)s. Copy it, and send it to them.") % {"name": customer}
    return done(request, words, back=page_of(escalation))


@deed
def revoke(request, escalation, given):
    """A link leads nowhere from now on."""
    mine = visible_to(request.user).filter(involved__escalation=escalation)
    found = get_object_or_404(Pass.objects.select_related("ticket"), pk=given, ticket__in=mine)
    actions.revoke_pass(found, by=request.user, now=timezone.now())
    return done(request, _("That link leads nowhere any more."), back=page_of(escalation))
