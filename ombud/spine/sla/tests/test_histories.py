"""Random histories: what is stored is what the log says, and what a slow and simple reading of it says."""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ombud.foundation.clock import actions as clock
from ombud.foundation.clock.queries import default_calendar, working_time_of
from ombud.foundation.events.models import Event
from ombud.foundation.post import events as post
from ombud.lib.working_time import working_time_between
from ombud.spine.sla import actions, queries
from ombud.spine.sla.actions.keeping import CHANGES
from ombud.spine.sla.falling_due import work_promises
from ombud.spine.sla.models import Kind, Promise
from ombud.spine.sla.recount import recount
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Status, Ticket
from ombud.spine.tickets.said import Said
from tests.cast import Cast

HOUR = 3600
EXAMPLES = int(os.environ.get("OMBUD_EXAMPLES", 25))  # more of them by hand, when the book was changed
LEVELS = st.sampled_from(["low", "medium", "high", "critical"])
STATUSES = st.sampled_from(["open", "waiting", "on_hold", "resolved", "closed"])
# Seconds: within the undo time, minutes, hours, a night, a weekend, longer than the longest pause.
SPANS = st.sampled_from([1, 5, 11, 59, 61, 700, 3600, 4000, 30_000, 90_000, 250_000, 400_000])
WEEK = {day: [["09:00", "12:00"], ["13:00", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}


class Histories(RuleBasedStateMachine):
    """People and customers do things to one ticket; the clock comes by when it likes, or not at all."""

    @initialize()
    def begin(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.cast = cast = Cast()
        plan = {"timezone": "Europe/Amsterdam", "hours": WEEK}
        self.week = clock.keep_calendar(
            calendar=default_calendar(), name="Support", plan=plan, by=None, now=cast.now
        )
        actions.keep_policy(name="All", conditions={}, terms=self.terms(), by=None, now=cast.now)
        self.ticket = cast.writes(cast.carla)
        self.letters = []

    def terms(self):
        week = self.week.pk
        low = {kind: {"seconds": 24 * HOUR, "calendar": week} for kind in ("first_reply", "resolution")}
        middle = {
            "first_reply": {"seconds": 4 * HOUR, "calendar": week},
            "next_reply": {"seconds": 2 * HOUR, "calendar": week},
            "update": {"seconds": 8 * HOUR, "calendar": week},
            "resolution": {"seconds": 40 * HOUR, "calendar": week},
        }
        high = {kind: {"seconds": 2 * HOUR} for kind in middle} | {"resolution": {"seconds": 12 * HOUR}}
        return {
            "targets": {"p4": low, "p3": middle, "p2": middle, "p1": high},
            "pauses": ["waiting", "on_hold"],
            "pause_limit": 72 * HOUR,
            "warnings": [
                {"percent": 50, "to": "holder", "by": "product"},
                {"percent": 75, "to": "holder", "by": "product"},
                {"percent": 100, "to": "leads", "by": "digest"},
            ],
        }

    def fresh(self):
        self.ticket = Ticket.objects.select_related("customer", "mailbox", "assignee").get(pk=self.ticket.pk)
        return self.ticket

    @rule(span=SPANS)
    def time_passes(self, span):
        self.cast.later(seconds=span)

    @rule()
    def the_clock_comes_by(self):
        while work_promises(self.cast.now):
            pass

    @rule(auto=st.booleans())
    def the_customer_writes(self, auto):
        said = Said(text="¿Y?", subject="Re", happened_at=self.cast.now, auto=auto)
        tickets.receive(self.fresh(), said, customer=self.cast.carla, channel="email", now=self.cast.now)

    @rule(status=st.sampled_from(["waiting", "open", "resolved", None]))
    def ada_replies(self, status):
        message = tickets.reply(self.fresh(), by=self.cast.ada, text="Voy.", status=status, now=self.cast.now)
        self.letters.append(message)

    @precondition(lambda self: self.letters)
    @rule()
    def a_letter_is_accepted(self):
        message = self.letters.pop(0)
        post.LETTER_SENT.record(case=message.ticket.case_id, now=self.cast.now, letter=message.letter_id)

    @precondition(lambda self: self.letters)
    @rule()
    def a_letter_fails(self):
        message = self.letters.pop(0)
        post.LETTER_FAILED.record(
            case=message.ticket.case_id, now=self.cast.now, letter=message.letter_id, permanent=True
        )

    @precondition(lambda self: self.letters)
    @rule()
    def ada_takes_it_back(self):
        message = self.letters.pop()
        message.ticket = self.fresh()
        tickets.take_back(message, by=self.cast.ada, now=self.cast.now)

    @rule(status=STATUSES)
    def somebody_sets_the_status(self, status):
        tickets.set_status(self.fresh(), status, by=self.cast.ada, now=self.cast.now)

    @rule(level=LEVELS)
    def somebody_sets_the_severity(self, level):
        tickets.set_severity(self.fresh(), level, by=self.cast.ada, now=self.cast.now)

    @rule(level=LEVELS)
    def somebody_sets_the_urgency(self, level):
        tickets.set_urgency(self.fresh(), level, by=self.cast.ada, now=self.cast.now)

    @rule(span=SPANS)
    def somebody_gives_their_word(self, span):
        due_at = self.cast.now + timedelta(seconds=span)
        actions.promise(self.fresh(), due_at, "I call you", by=self.cast.ada, now=self.cast.now)

    @rule()
    def a_word_is_kept(self):
        word = Promise.objects.owed().filter(kind=Kind.WORD).first()
        if word:
            actions.keep_word(word, by=self.cast.ada, now=self.cast.now)

    @invariant()
    def stored_is_what_the_log_says(self):
        if not hasattr(self, "ticket"):
            return
        with transaction.atomic():
            while work_promises(self.cast.now):  # the recount has the clock come by, too
                pass
            stored = [shown(promise) for promise in queries.promises_of(self.ticket.pk)]
            transaction.set_rollback(True)
        told = [shown(promise) for promise in recount(self.ticket.pk, self.cast.now).promises]
        assert told == stored

    @invariant()
    def the_ticket_knows_what_is_due_first(self):
        if not hasattr(self, "ticket"):
            return
        due = [p.due_at for p in Promise.objects.owed().filter(ticket=self.ticket.pk) if p.due_at]
        assert Ticket.objects.get(pk=self.ticket.pk).promise_due_at == min(due, default=None)

    @invariant()
    def every_running_clock_has_run_exactly_its_time_when_due(self):
        if not hasattr(self, "ticket"):
            return
        for promise in Promise.objects.filter(ticket=self.ticket.pk, due_at__isnull=False):
            assert abs(ran(promise, promise.due_at) - promise.seconds) < 1

    @invariant()
    def nobody_who_waits_is_without_a_promise(self):
        if not hasattr(self, "ticket"):
            return
        ticket = Ticket.objects.get(pk=self.ticket.pk)
        owed = Promise.objects.owed().filter(ticket=ticket.pk)
        if ticket.waiting_since and ticket.status in (Status.NEW, Status.OPEN) and ticket.priority != "p4":
            assert owed.filter(kind__in=[Kind.FIRST_REPLY, Kind.NEXT_REPLY, Kind.UPDATE]).exists()

    @invariant()
    def nothing_is_told_twice(self):
        broken = Event.objects.filter(verb="promise.broken").values_list("data", flat=True)
        ids = [data["promise"] for data in broken]
        assert len(ids) == len(set(ids))

    def teardown(self):
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)


def shown(promise):
    """All of a promise but who is who."""
    values = {name: getattr(promise, name) for name in CHANGES if name not in ("version", "calendar")}
    return str(promise.kind), {name: str(value) for name, value in values.items()}


def ran(promise, until):
    """The seconds its clock ran until a time, added up minute by minute's worth of stretches."""
    calendar = working_time_of(promise.calendar) if promise.calendar else None
    at, total = promise.started_at, 0
    for start, end, _why in [*promise.pauses, [until.isoformat(), until.isoformat(), ""]]:
        begins, ends = type(until).fromisoformat(start), type(until).fromisoformat(end or until.isoformat())
        begins, ends = min(begins, until), min(ends, until)
        if begins > at:
            span = working_time_between(calendar, at, begins) if calendar else begins - at
            total += span.total_seconds()
        at = max(at, ends)
    return total


@pytest.mark.django_db
def test_random_histories():
    state = settings(
        max_examples=EXAMPLES,
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Histories, settings=state)
