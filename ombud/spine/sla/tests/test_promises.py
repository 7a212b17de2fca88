"""What is promised, and what becomes of it."""

from datetime import UTC, datetime, timedelta

import pytest

from ombud.foundation.clock import actions as clock
from ombud.foundation.events.models import Event
from ombud.foundation.events.tray import work_tray
from ombud.foundation.post import events as post
from ombud.spine.sla import actions, queries
from ombud.spine.sla.actions.rechecking import recheck_due
from ombud.spine.sla.falling_due import work_promises
from ombud.spine.sla.models import Kind, Promise, State
from ombud.spine.sla.recount import recount
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.actions.delivery import bounced
from ombud.spine.tickets.models import Message, Ticket
from ombud.spine.tickets.said import Said


@pytest.fixture
def ticket(cast, gold):
    return cast.writes(cast.carla)


def promise(ticket, kind):
    return Promise.objects.filter(ticket=ticket, kind=kind).latest("id")


def state(ticket, kind):
    return promise(ticket, kind).state


def utc(day, hour, minute=0, second=0):
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC)


def answer(cast, ticket, now=None, **more):
    """A reply that leaves at once and is accepted ten seconds later."""
    now = now or cast.now
    message = tickets.reply(ticket, by=cast.ada, text="Lo miramos hoy.", now=now, **more)
    accept(message, now + timedelta(seconds=10))
    return message


def accept(message, now):
    post.LETTER_SENT.record(case=message.ticket.case_id, now=now, letter=message.letter_id)


def writes_again(cast, ticket, text="¿Alguna novedad?"):
    said = Said(text=text, subject="Re: Etiquetas", from_address=cast.carla.email, happened_at=cast.now)
    return tickets.receive(ticket, said, customer=cast.carla, channel="email", now=cast.now)


def test_a_new_ticket_is_promised_a_first_reply_in_working_hours(cast, ticket):
    # Thursday 14:36 in Amsterdam: 2 h 54 are left of that day, 1 h 06 are counted on Friday.
    assert promise(ticket, Kind.FIRST_REPLY).due_at == utc(20, 9, 6)


def test_the_ticket_carries_the_first_due_time(cast, ticket):
    ticket.refresh_from_db()
    assert ticket.promise_due_at == utc(20, 9, 6)


def test_a_ticket_of_another_tier_is_promised_nothing(cast, gold):
    ticket = cast.writes(cast.mallory)
    assert not Promise.objects.filter(ticket=ticket).exists()


def test_a_reply_keeps_the_promise_when_it_is_accepted_for_delivery(cast, ticket):
    message = tickets.reply(ticket, by=cast.ada, text="Lo miramos hoy.", now=cast.now)
    assert state(ticket, Kind.FIRST_REPLY) == State.RUNNING
    accept(message, cast.later(seconds=10))
    assert state(ticket, Kind.FIRST_REPLY) == State.KEPT
    assert promise(ticket, Kind.FIRST_REPLY).met_at == cast.now


def test_a_machine_keeps_no_promise(cast, ticket):
    message = tickets.reply(ticket, by=None, text="Gracias.", now=cast.now)
    accept(message, cast.later(seconds=10))
    assert state(ticket, Kind.FIRST_REPLY) == State.RUNNING


def test_a_reply_taken_back_keeps_nothing(cast, ticket):
    message = tickets.reply(ticket, by=cast.ada, text="Lo miramos hoy.", now=cast.now)
    tickets.take_back(message, by=cast.ada, now=cast.now)
    assert promise(ticket, Kind.FIRST_REPLY).answered_at is None
    assert state(ticket, Kind.FIRST_REPLY) == State.RUNNING


def test_a_reply_pressed_in_time_is_not_broken_while_it_waits_to_leave(cast, ticket):
    cast.now = utc(20, 9, 5, 55)
    message = tickets.reply(ticket, by=cast.ada, text="Lo miramos hoy.", now=cast.now)
    work_promises(cast.later(seconds=10))
    assert state(ticket, Kind.FIRST_REPLY) == State.RUNNING
    accept(message, cast.later(seconds=2))
    assert state(ticket, Kind.FIRST_REPLY) == State.KEPT


def test_a_reply_after_the_due_time_makes_it_good_but_not_kept(cast, ticket):
    cast.now = utc(20, 9, 7)
    answer(cast, ticket)
    late = promise(ticket, Kind.FIRST_REPLY)
    assert (late.state, late.broken_at, late.is_owed) == (State.BROKEN, utc(20, 9, 6), False)


def test_the_next_update_pauses_while_we_wait_and_runs_on_the_customers_answer(cast, ticket):
    answer(cast, ticket)
    assert state(ticket, Kind.UPDATE) == State.PAUSED
    cast.later(hours=2)
    writes_again(cast, ticket)
    assert state(ticket, Kind.UPDATE) == State.RUNNING
    assert state(ticket, Kind.NEXT_REPLY) == State.RUNNING


def test_a_pause_counts_as_nothing(cast, ticket):
    due = promise(ticket, Kind.RESOLUTION).due_at
    tickets.set_status(ticket, "waiting", by=cast.ada, now=utc(20, 10))
    assert promise(ticket, Kind.RESOLUTION).due_at is None
    tickets.set_status(ticket, "open", by=cast.ada, now=utc(20, 12))  # an hour of work and an hour of lunch
    assert promise(ticket, Kind.RESOLUTION).due_at == due + timedelta(hours=1)


def test_a_pause_ends_by_itself_when_it_lasted_too_long(cast, ticket):
    answer(cast, ticket)
    started = cast.now
    work_promises(started + timedelta(days=3, hours=1))
    resolution = promise(ticket, Kind.RESOLUTION)
    assert resolution.state == State.RUNNING
    assert datetime.fromisoformat(resolution.pauses[0][1]) == started + timedelta(days=3)


def test_another_priority_promises_anew_from_the_start(cast, ticket):
    tickets.set_severity(ticket, "high", by=cast.ada, now=cast.later(minutes=5))
    first = promise(ticket, Kind.FIRST_REPLY)
    assert first.due_at == ticket.created_at + timedelta(minutes=30)
    assert Event.objects.filter(verb="promise.moved", data__promise=first.pk, data__why="priority").exists()


def test_lowering_the_priority_mends_no_broken_promise(cast, ticket):
    tickets.set_severity(ticket, "high", by=cast.ada, now=cast.now)
    tickets.set_severity(ticket, "medium", by=cast.ada, now=cast.later(hours=1))
    assert state(ticket, Kind.FIRST_REPLY) == State.BROKEN


def test_resolving_fulfils_the_resolution_and_ends_the_rest(cast, ticket):
    tickets.set_status(ticket, "resolved", by=cast.ada, now=cast.later(hours=1))
    assert state(ticket, Kind.RESOLUTION) == State.KEPT
    assert (state(ticket, Kind.FIRST_REPLY), promise(ticket, Kind.FIRST_REPLY).why) == (
        "cancelled",
        "resolved",
    )


def test_a_reopened_ticket_goes_on_where_its_clock_stood(cast, ticket):
    due = promise(ticket, Kind.RESOLUTION).due_at
    answer(cast, ticket, status="resolved")
    cast.now = utc(20, 13, 36)
    writes_again(cast, ticket)
    again = promise(ticket, Kind.RESOLUTION)
    # Resolved from Thursday 14:36 to Friday 14:36: exactly one working day that does not count.
    assert (again.state, again.met_at) == (State.RUNNING, None)
    assert again.due_at == due + timedelta(days=1)


def test_it_is_broken_at_its_due_time_however_late_the_clock_looks(cast, ticket):
    assert work_promises(utc(20, 9, 5, 59)) == 1  # the warning
    work_promises(utc(20, 15))
    broken = promise(ticket, Kind.FIRST_REPLY)
    assert (broken.state, broken.broken_at) == (State.BROKEN, utc(20, 9, 6))


def test_it_is_broken_once(cast, ticket):
    work_promises(utc(20, 15))
    work_promises(utc(20, 16))
    assert Event.objects.filter(verb="promise.broken", data__kind="first_reply").count() == 1


def test_a_customer_who_writes_while_our_reply_travels_is_not_forgotten(cast, ticket):
    message = tickets.reply(ticket, by=cast.ada, text="Lo miramos hoy.", now=cast.now)
    cast.later(seconds=5)
    writes_again(cast, ticket)
    accept(message, cast.later(seconds=5))
    assert promise(ticket, Kind.NEXT_REPLY).started_at == cast.now - timedelta(seconds=5)


def test_a_reply_that_came_back_is_owed_again(cast, ticket):
    message = answer(cast, ticket)
    bounced(Message.objects.get(pk=message.pk), now=cast.later(minutes=1))
    assert state(ticket, Kind.NEXT_REPLY) == State.RUNNING


def test_a_merged_ticket_hands_over_how_long_its_customer_waits(cast, ticket):
    cast.later(hours=2)
    other = cast.writes(cast.carla, subject="Otra vez")
    tickets.merge(ticket, other, by=cast.ada, now=cast.later(minutes=1))
    assert promise(ticket, Kind.FIRST_REPLY).why == "merged"
    assert promise(other, Kind.FIRST_REPLY).due_at == utc(20, 9, 6)


def test_mail_out_of_an_archive_is_promised_nothing(cast, gold):
    said = Said(text="Hace tiempo", subject="Viejo", happened_at=cast.now - timedelta(days=9))
    old = tickets.open_ticket(said, customer=cast.carla, channel="email", mailbox=cast.mailbox, now=cast.now)
    assert not Promise.objects.filter(ticket=old).exists()


def test_a_ticket_that_we_begin_owes_the_next_reply_only(cast, gold):
    ticket = tickets.begin(
        customer=cast.carla, mailbox=cast.mailbox, subject="Aviso", text="Hola", by=cast.ada, now=cast.now
    )
    assert {p.kind for p in Promise.objects.filter(ticket=ticket)} == {Kind.RESOLUTION}
    writes_again(cast, ticket)
    assert queries.owed_on([ticket.pk])[ticket.pk][0].kind == Kind.FIRST_REPLY


def test_a_recount_from_the_log_says_the_same(cast, ticket):
    answer(cast, ticket)
    cast.later(hours=5)
    writes_again(cast, ticket)
    tickets.set_severity(ticket, "high", by=cast.ada, now=cast.later(minutes=5))
    again = recount(ticket.pk, cast.now)
    stored = [(p.kind, p.state, p.due_at) for p in queries.promises_of(ticket.pk)]
    assert [(p.kind, p.state, p.due_at) for p in again.promises] == stored


def test_a_corrected_calendar_moves_what_is_owed(cast, ticket, week):
    plan = week.plan | {"days": [{"name": "Move", "from": "2026-11-20", "to": "2026-11-20", "hours": []}]}
    clock.keep_calendar(calendar=week, plan=plan, by=None, now=cast.now)
    while work_tray(cast.now):
        pass
    recheck_due(cast.now)
    assert promise(ticket, Kind.FIRST_REPLY).due_at == utc(23, 9, 6)
    assert Ticket.objects.get(pk=ticket.pk).promise_due_at == utc(23, 9, 6)


def test_a_word_can_be_given_on_a_ticket_to_which_nothing_was_promised(cast):
    ticket = cast.writes(cast.mallory)
    due_at = cast.now + timedelta(hours=3)
    given = actions.promise(ticket, due_at, "I call you by five", by=cast.ada, now=cast.now)
    assert (given.due_at, Ticket.objects.get(pk=ticket.pk).promise_due_at) == (due_at, due_at)
    actions.keep_word(given, by=cast.ada, now=cast.later(hours=1))
    assert state(ticket, Kind.WORD) == State.KEPT
    assert [one.state for one in recount(ticket.pk, cast.now).promises] == [State.KEPT]
