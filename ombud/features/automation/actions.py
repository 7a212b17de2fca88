"""Acknowledging tickets, once each."""

from datetime import timedelta
from itertools import groupby
from operator import attrgetter

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils import translation

from ombud.spine.sla.shown import owed
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.speaking import language_for

from .models import Acknowledging
from .queries import Outcome, Round, first_message, why_not
from .words import subject_of, told

# A reply that overtook the mail it answers finds it within this time, and both are one ticket.
PATIENCE = timedelta(seconds=10)
BATCH = 40  # on SQLite the write lock is held for a batch, some 50 ms


def acknowledge_soon(opened):
    """Plan the acknowledgement of tickets: pairs of a ticket's id and when it was opened. Twice is once."""
    Acknowledging.objects.bulk_create(
        (Acknowledging(ticket_id=ticket, due_at=at + PATIENCE) for ticket, at in opened),
        ignore_conflicts=True,
    )


def acknowledge_due(now):
    """Acknowledge one batch of tickets that are due; says how many were taken."""
    waiting = Acknowledging.objects.select_related(
        "ticket__case",
        "ticket__customer",
        "ticket__mailbox",
        "ticket__assignee",
        "ticket__team",
        "ticket__account",
    ).prefetch_related("ticket__messages__attachments", Prefetch("ticket__promises", owed()))
    return waiting.work_through_together(now, _acknowledge, limit=BATCH)


def _acknowledge(batch, *, now):
    round_, answers = Round([acknowledging.ticket for acknowledging in batch], now), []
    for acknowledging in batch:
        ticket = acknowledging.ticket
        acknowledging.outcome, acknowledging.done_at = why_not(ticket, round_, now), now
        if not acknowledging.outcome:
            answers.append(_first_word(ticket, round_.company, now))
            acknowledging.outcome = Outcome.SENT
            round_.sent_lately[ticket.customer_id] += 1
    if answers:
        tickets.acknowledge_many(answers, now=now)
    for outcome, group in groupby(sorted(batch, key=attrgetter("outcome")), key=attrgetter("outcome")):
        its = Acknowledging.objects.filter(pk__in=[acknowledging.pk for acknowledging in group])
        its.update(outcome=outcome, done_at=now)


def _first_word(ticket, company, now):
    first = first_message(ticket)
    with translation.override(language_for(ticket, company)):
        letter = told(ticket, first, company, now)
        return tickets.FirstWord(
            ticket,
            subject=subject_of(ticket, first),
            text=render_to_string("automation/acknowledgement.txt", letter),
            html=render_to_string("automation/acknowledgement.html", letter),
        )
