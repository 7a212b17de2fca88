"""Acknowledging tickets, once each."""

from datetime import timedelta

from django.template.loader import render_to_string
from django.utils import translation

from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Message

from .models import Acknowledging
from .queries import why_not
from .words import language_for, subject_of, told

# A reply that overtook the mail it answers finds it within this time, and both are one ticket.
PATIENCE = timedelta(seconds=10)
BATCH = 20  # on SQLite the write lock is held for a batch


def acknowledge_soon(opened):
    """Plan the acknowledgement of tickets: pairs of a ticket's id and when it was opened. Twice is once."""
    Acknowledging.objects.bulk_create(
        (Acknowledging(ticket_id=ticket, due_at=at + PATIENCE) for ticket, at in opened),
        ignore_conflicts=True,
    )


def acknowledge_due(now):
    """Acknowledge one batch of tickets that are due; says how many were taken."""
    waiting = Acknowledging.objects.select_related(
        "ticket__case", "ticket__customer", "ticket__mailbox", "ticket__assignee", "ticket__team"
    )
    return waiting.work_through(now, _acknowledge, limit=BATCH)


def _acknowledge(acknowledging, *, now):
    ticket = acknowledging.ticket
    first = ticket.messages.filter(kind=Message.Kind.RECEIVED).order_by("happened_at", "id").first()
    outcome = why_not(ticket, first, now)
    if not outcome:
        _write(ticket, first, now)
        outcome = Acknowledging.Outcome.SENT
    acknowledging.outcome, acknowledging.done_at = outcome, now
    acknowledging.save(update_fields=["outcome", "done_at"])


def _write(ticket, first, now):
    with translation.override(language_for(ticket)):
        letter = told(ticket, first)
        tickets.acknowledge(
            ticket,
            subject=subject_of(ticket, first),
            text=render_to_string("automation/acknowledgement.txt", letter),
            html=render_to_string("automation/acknowledgement.html", letter),
            now=now,
        )
