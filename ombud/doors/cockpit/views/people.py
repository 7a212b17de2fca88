"""Deeds on who has a part in an escalation, and which tickets belong to it."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.doors.cockpit.answers import deed, done, page_of
from ombud.foundation.people.models import Customer, Person
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Contact, Stakeholder
from ombud.spine.tickets import queries as tickets
from ombud.spine.tickets.models import Ticket


@deed
def confirm(request, escalation):
    """I have what is asked of me."""
    actions.confirm(escalation, by=request.user, now=timezone.now())
    return done(request, _("Thank you: they see that you have it."), back=page_of(escalation))


@deed
def add_ours(request, escalation):
    """Somebody of ours has a part in it, and is told."""
    person = get_object_or_404(Person.objects.working(), pk=_number(request, "person"))
    role = _one_of(request, Stakeholder.Role)
    actions.add_stakeholder(escalation, person, role, by=request.user, now=timezone.now())
    return done(request, _("%(name)s is told.") % {"name": person.name}, back=page_of(escalation))


@deed
def remove_ours(request, escalation, person):
    """They have no part in it any more."""
    found = get_object_or_404(Person, pk=person)
    actions.remove_stakeholder(escalation, found, by=request.user, now=timezone.now())
    words = _("%(name)s has no part in it any more.") % {"name": found.name}
    return done(request, words, back=page_of(escalation))


@deed
def add_theirs(request, escalation):
    """Somebody of the customer’s has a part in it."""
    among = Customer.objects.filter(account=escalation.account_id) if escalation.account_id else None
    customer = get_object_or_404(
        Customer.objects.none() if among is None else among, pk=_number(request, "customer")
    )
    role = _one_of(request, Contact.Role)
    actions.add_contact(escalation, customer, role, by=request.user, now=timezone.now())
    return done(request, _("%(name)s has a part in it.") % {"name": customer}, back=page_of(escalation))


@deed
def remove_theirs(request, escalation, customer):
    """They have no part in it any more."""
    found = get_object_or_404(
        Customer.objects.filter(pk__in=escalation.contacts.values("customer")), pk=customer
    )
    actions.remove_contact(escalation, found, by=request.user, now=timezone.now())
    words = _("%(name)s has no part in it any more.") % {"name": found}
    return done(request, words, back=page_of(escalation))


@deed
def join(request, escalation):
    """Another ticket belongs to it."""
    asked = request.POST.get("ticket", "").strip().lstrip("#")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 15):
        raise ValidationError(_("Choose a ticket by its number."))
    try:
        ticket = tickets.by_number(request.user, int(asked))
    except Ticket.DoesNotExist:
        raise ValidationError(_("There is no ticket #%s that you may see.") % asked) from None
    actions.join(escalation, ticket, by=request.user, now=timezone.now())
    words = _("#%(ticket)s belongs to %(escalation)s now.") % {
        "ticket": ticket.number,
        "escalation": escalation,
    }
    return done(request, words, back=page_of(escalation))


@deed
def part(request, escalation, ticket):
    """A ticket does not belong to it."""
    found = tickets.by_number(request.user, ticket)
    actions.part(escalation, found, by=request.user, now=timezone.now())
    words = _("#%(ticket)s does not belong to it any more.") % {"ticket": found.number}
    return done(request, words, back=page_of(escalation))


def _number(request, name):
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdigit() else 0


def _one_of(request, choices):
    role = request.POST.get("role", "")
    if role not in choices.values:
        raise ValidationError(_("Say as what."))
    return role
