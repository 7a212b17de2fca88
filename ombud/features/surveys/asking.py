"""Asking what is due: sent, held until an escalation is over, called off, or reminded of once."""

from datetime import timedelta

from django.db import connection

from ombud.foundation.people.models import Customer

from . import events, letters, who
from .models import Ask, When

OPEN = timedelta(days=30)  # an older answer would be about something half forgotten
HOLD = timedelta(days=7)  # a held one looks by itself, too, should nobody say that the escalation is over
NOWHERE = timedelta(hours=6)  # until somebody has said where the desk is reached
REOPENED = "reopened"


def work_asks(now):
    """Do what is due on one ask; says how many were taken.

    One by one: each locks its customer, so that two are never asked in the same moment, and whoever holds
    one lock never waits for another.
    """
    asks = Ask.objects.select_related(
        "survey",
        "customer__account",
        "ticket__account",
        "ticket__case",
        "ticket__mailbox__brand",
        "escalation",
    )
    return asks.work_through(now, _do, limit=1)


def _do(ask, now):
    if ask.state == Ask.State.WAITING:
        _lock(ask.customer_id)
        _ask(ask, now)
    elif ask.state == Ask.State.SENT and ask.reminded_at is None:
        _remind(ask, now)


def _lock(customer_id):
    if connection.features.has_select_for_update:
        list(Customer.objects.select_for_update(no_key=True).filter(pk=customer_id).values_list("pk"))


def _ask(ask, now):
    if who.open_escalation(ask):
        _hold(ask, now)
        return
    why = who.why_not(ask, now)
    if why:
        call_off(ask, why, now=now)
        return
    if not letters.can_leave(ask):
        _put_off(ask, now + NOWHERE)
        return
    ask.state, ask.sent_at, ask.expires_at = Ask.State.SENT, now, now + OPEN
    ask.letter = letters.send(ask, now)
    ask.due_at = now + timedelta(days=ask.survey.remind) if ask.survey.remind else None
    ask.save(update_fields=["state", "sent_at", "expires_at", "letter", "due_at"])
    events.ASKED.record(case=case_of(ask), now=now, survey=ask.survey_id, ask=ask.pk)


def _hold(ask, now):
    ask.due_at, first = now + HOLD, ask.held_at is None
    ask.held_at = ask.held_at or now
    ask.save(update_fields=["due_at", "held_at"])
    if first:
        events.HELD.record(case=case_of(ask), now=now, survey=ask.survey_id, ask=ask.pk)


def _put_off(ask, until):
    ask.due_at = until
    ask.save(update_fields=["due_at"])


def call_off(ask, why, *, now):
    """It is not asked, for a reason; one that was planned for a ticket may be planned again."""
    ask.state, ask.why, ask.due_at = Ask.State.CALLED_OFF, why, None
    ask.save(update_fields=["state", "why", "due_at"])
    events.CALLED_OFF.record(case=case_of(ask), now=now, survey=ask.survey_id, ask=ask.pk, why=why)


def _remind(ask, now):
    """Once; not while an escalation is open, not of something that is not over, not to who is gone."""
    if who.open_escalation(ask):
        if now + HOLD < ask.expires_at:
            _put_off(ask, now + HOLD)
        return
    customer, ticket = ask.customer, ask.ticket
    reopened = ask.survey.when == When.RESOLVED and ticket.resolved_at is None
    if reopened or ask.survey.archived_at or customer.blocked_at or not customer.email:
        return
    ask.reminded_at = now
    letters.send(ask, now, again=True)
    ask.save(update_fields=["reminded_at"])
    events.REMINDED.record(case=case_of(ask), now=now, survey=ask.survey_id, ask=ask.pk)


def case_of(ask):
    """The case of the log to which an ask belongs."""
    if ask.escalation_id:
        return ask.escalation.case_id
    return ask.ticket.case_id if ask.ticket_id else ask.customer.case_id
