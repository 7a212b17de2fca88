"""Planning what is asked, and taking it back."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.features.surveys import asking, events, who
from ombud.features.surveys.models import Ask, Survey, When
from ombud.foundation.clock.queries import working_time_of
from ombud.foundation.people.permissions import CHANGE, require
from ombud.lib.working_time import add_working_time
from ombud.spine.escalations.queries import main_ticket
from ombud.spine.tickets.models import Ticket


@transaction.atomic
def ask_about_ticket(ticket, *, now):
    """A ticket was resolved: plan what the surveys ask about it. Twice is once; asked once is asked."""
    for survey in _surveys(When.RESOLVED):
        if who.is_drawn(survey, f"ticket:{ticket.pk}") and who.fits(survey, ticket):
            _plan(survey, f"ticket:{ticket.pk}", ticket.customer_id, now, ticket=ticket)


@transaction.atomic
def ask_about_escalation(escalation, *, now):
    """An escalation was reviewed: plan what the surveys ask about it."""
    ticket = (
        main_ticket(escalation)
        or Ticket.objects.filter(involved__escalation=escalation)
        .order_by("-involved__is_main", "involved__id")
        .first()
    )
    for survey in _surveys(When.REVIEWED):
        fits = ticket is None or who.fits(survey, ticket)
        if fits and who.is_drawn(survey, f"escalation:{escalation.pk}"):
            about = {"escalation": escalation, "ticket": ticket}
            _plan(survey, f"escalation:{escalation.pk}", escalation.customer_id, now, **about)


def plan_round(survey, customer, number, *, now):
    """Plan the so-manieth round of a survey for a customer."""
    _plan(survey, f"customer:{customer.pk}:{number}", customer.pk, now)


def _surveys(when):
    return Survey.objects.active().filter(when=when).select_related("calendar")


def _plan(survey, about, customer_id, now, **on):
    due_at = after_delay(survey, now)
    given = {"survey": survey, "customer_id": customer_id, "planned_at": now, "due_at": due_at, **on}
    ask, is_new = Ask.objects.get_or_create(key=f"{survey.pk}:{about}", defaults=given)
    if is_new or not _may_be_planned_again(ask):
        return
    ask.state, ask.why, ask.planned_at, ask.due_at = Ask.State.WAITING, "", now, due_at
    ask.customer_id = customer_id
    ask.save(update_fields=["state", "why", "planned_at", "due_at", "customer"])


def _may_be_planned_again(ask):
    """What was called off because the ticket was reopened is asked when that is over, too."""
    was_reopened = ask.state == Ask.State.CALLED_OFF and ask.why == asking.REOPENED
    return was_reopened and ask.sent_at is None


def after_delay(survey, now):
    """When a survey's delay is over, in its calendar's working time or around the clock."""
    if survey.calendar is None:
        return now + timedelta(seconds=survey.delay)
    return add_working_time(working_time_of(survey.calendar), now, survey.delay)


@transaction.atomic
def stop_asking(ticket_id, *, now):
    """A ticket is open again: what was planned about it is not asked, and nobody is reminded."""
    asks = Ask.objects.select_for_update(of=("self",)).filter(ticket=ticket_id, survey__when=When.RESOLVED)
    for ask in asks.filter(state=Ask.State.WAITING).select_related("ticket", "escalation", "customer"):
        asking.call_off(ask, asking.REOPENED, now=now)
    asks.filter(state=Ask.State.SENT).update(due_at=None)


@transaction.atomic
def release(escalation, *, now):
    """An escalation is over: what waited for it is looked at again, after each survey's own delay."""
    held = Ask.objects.filter(state=Ask.State.WAITING, held_at__isnull=False).select_related(
        "survey__calendar"
    )
    customers = {escalation.customer_id, *escalation.contacts.values_list("customer", flat=True)}
    tickets = list(escalation.involved.values_list("ticket", flat=True))
    for ask in held.select_for_update(of=("self",)):
        theirs = ask.customer_id in customers or ask.ticket_id in tickets
        if theirs or (escalation.account_id and _account_of(ask) == escalation.account_id):
            ask.due_at = after_delay(ask.survey, now)
            ask.save(update_fields=["due_at"])


def _account_of(ask):
    return ask.ticket.account_id if ask.ticket_id else ask.customer.account_id


@transaction.atomic
def revoke(ask, *, by, now):
    """Take the link of an invitation back; what is answered stays answered. Raises ValidationError."""
    require(by, CHANGE)
    ask = (
        Ask.objects.select_for_update(of=("self",))
        .select_related("ticket", "escalation", "customer")
        .get(pk=ask.pk)
    )
    if ask.state not in (Ask.State.WAITING, Ask.State.SENT):
        raise ValidationError(_("Only what is not answered yet can be taken back."))
    ask.state, ask.revoked_at, ask.due_at = Ask.State.REVOKED, now, None
    ask.save(update_fields=["state", "revoked_at", "due_at"])
    events.REVOKED.record(case=asking.case_of(ask), by=by, now=now, survey=ask.survey_id, ask=ask.pk)


def did_not_arrive(letter_id, *, now):
    """The mail that asks could not be delivered: no reminder, and it counts as not asked."""
    undelivered = {"state": Ask.State.CALLED_OFF, "why": "bounced", "due_at": None}
    Ask.objects.filter(letter=letter_id, state=Ask.State.SENT).update(**undelivered)
