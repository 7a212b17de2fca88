"""Raising an escalation from a ticket."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.doors.cockpit import raising
from ombud.doors.cockpit.answers import desk_page, page_of
from ombud.doors.cockpit.asked import said
from ombud.doors.cockpit.forms import RaiseForm
from ombud.foundation.people.models import Person
from ombud.foundation.people.permissions import ANSWER, NOTE, may, require
from ombud.spine.escalations import queries
from ombud.spine.escalations.models import Contact, Reason
from ombud.spine.escalations.theirs import open_asking
from ombud.spine.tickets import queries as tickets
from ombud.spine.tickets.models import Level


@desk_page
def escalate(request, number):
    """The form with everything that is proposed; posted, the escalation."""
    person, now = request.user, timezone.now()
    require(person, NOTE)
    ticket = _found(person, number)
    there = queries.open_on([ticket.pk]).get(ticket.pk)
    if there and queries.of_case(person, there.case_id):
        return redirect(page_of(there))
    leaders = raising.leaders()
    form = _form(request, ticket, leaders, now)
    if request.method == "POST" and form.is_valid():
        try:
            return _raised(request, ticket, form, now)
        except ValidationError as error:
            form.add_error(None, error)
    context = _context(person, ticket, form, leaders, now)
    status = 422 if request.method == "POST" else 200
    return render(request, "cockpit/raise.html", context, using="jinja2", status=status)


@desk_page
def message(request, number):
    """To whom it falls for this reason, and the first word for these levels and whoever leads it."""
    ticket, now = _found(request.user, number), timezone.now()
    severity, urgency = (_level(request.GET.get(name), ticket, name) for name in ("severity", "urgency"))
    asked = request.GET.get("manager", "")
    leader = Person.objects.working().filter(pk=int(asked)).first() if asked.isdigit() else None
    falls = raising.falls_to(ticket, request.GET.get("reason", ""), now)
    words, at = raising.first_message(ticket, severity, urgency, leader or falls.person, now)
    turn = {"turn": falls.person.pk if falls.person else "", "why": raising.falls_words(falls)}
    return JsonResponse({"words": words, "next_at": at.isoformat(), **turn})


def _found(person, number):
    ticket = tickets.by_number(person, number)
    related = ("customer", "account", "mailbox", "case", "assignee")
    return tickets.visible_to(person).select_related(*related).get(pk=ticket.pk)


def _level(value, ticket, name):
    return value if value in Level.values else getattr(ticket, name)


def _form(request, ticket, leaders, now):
    others = raising.others_of(ticket, tickets.visible_to(request.user))
    asked = open_asking(ticket)
    reason = (asked.reason or Reason.UNHEARD) if asked else ""
    leader = raising.falls_to(ticket, reason, now).person
    words, at = raising.first_message(ticket, ticket.severity, ticket.urgency, leader, now)
    initial = {
        "reason": reason,
        "title": ticket.subject[:200],
        "severity": ticket.severity,
        "urgency": ticket.urgency,
        "manager": leader.pk if leader else "",
        "say": "now",
        "message": words,
        "next_at": at.isoformat(),
    }
    return RaiseForm(
        request.POST or None,
        initial=initial,
        currency=ticket.account.currency if ticket.account else "EUR",
        leaders=[one.pk for one in leaders],
        others=others.select_related("customer", "case"),
    )


def _context(person, ticket, form, leaders, now):
    severity = _level(form["severity"].value(), ticket, "severity")
    reason = form["reason"].value() or ""
    return {
        "now": now,
        "ticket": ticket,
        "form": form,
        "place": f"#{ticket.number}",
        "reasons": [("", _("Choose one")), *said(Reason.choices)],
        "levels": said(Level.choices),
        "leaders": [("", _("Whoever it falls to")), *((one.pk, one.name) for one in leaders)],
        "falls": raising.falls_words(raising.falls_to(ticket, reason, now)),
        "proposed": raising.proposed(ticket, severity, reason),
        "told": set(form.data.getlist("told")) if form.is_bound else None,
        "others": list(form.fields["also"].queryset[: raising.MOST]),
        "also": set(form.data.getlist("also")) if form.is_bound else set(),
        "contacts": raising.contacts_of(ticket),
        "contact_roles": [("", _("no part")), *said(Contact.Role.choices)],
        "asking": open_asking(ticket),
        "joinable": [one for one in queries.joinable(ticket) if queries.of_case(person, one.case_id)],
        "may_answer": may(person, ANSWER),
        "currency": form.currency,
    }


def _raised(request, ticket, form, now):
    contacts = form.contacts(ticket.account_id)
    escalation, update = raising.raise_with(ticket, form.cleaned_data, contacts, by=request.user, now=now)
    escalation.refresh_from_db()
    leader = escalation.manager
    words = (
        _("%(escalation)s: %(name)s leads it.") % {"escalation": escalation, "name": leader.name}
        if leader
        else _("%(escalation)s: nobody leads it yet.") % {"escalation": escalation}
    )
    undo = ""
    if update and update.messages.filter(letter__isnull=False).exists():
        words = f"{words} {_('The first update leaves in a few seconds.')}"
        undo = reverse("cockpit:take_back", args=[escalation.number])
    messages.success(request, words, extra_tags=undo)
    return redirect(page_of(escalation))
