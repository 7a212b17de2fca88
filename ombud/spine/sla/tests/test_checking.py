"""`bin/ombud promises check` finds what is stored otherwise than the log tells it."""

from datetime import timedelta

import pytest

from ombud.foundation.clock import actions as clock
from ombud.spine.sla import commands
from ombud.spine.sla.commands import check
from ombud.spine.sla.models import Promise
from ombud.spine.tickets import actions as tickets

from .test_promises import answer, writes_again


@pytest.fixture
def ticket(cast, gold, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: cast.now)
    ticket = cast.writes(cast.carla)
    answer(cast, ticket, cast.later(minutes=5))
    writes_again(cast, ticket)
    tickets.set_severity(ticket, "high", by=cast.ada, now=cast.later(minutes=5))
    return ticket


def test_what_is_stored_as_the_log_tells_it_is_well(cast, ticket, capsys):
    cast.writes(cast.carla)
    cast.later(days=2)  # and though no clock came by
    assert check(["--all"]) == 0
    assert capsys.readouterr().out == "2 tickets checked.\nEvery stored promise is what its log says.\n"


def test_a_due_time_that_somebody_moved_by_hand_is_found(cast, ticket, capsys):
    promise = Promise.objects.filter(ticket=ticket, kind="resolution").get()
    moved = promise.due_at + timedelta(hours=1)
    Promise.objects.filter(pk=promise.pk).update(due_at=moved)
    assert check(["--ticket", str(ticket.number)]) == 1
    said = capsys.readouterr().out
    assert f"#{ticket.number} resolution {promise.pk}: due_at is {moved}, by the log {promise.due_at}" in said
    assert "1 differs." in said


def test_a_promise_that_was_lost_is_found(cast, ticket, capsys):
    Promise.objects.filter(ticket=ticket).latest("pk").delete()
    assert check(["--all"]) == 1
    assert "is –, by the log" in capsys.readouterr().out


def test_a_promise_whose_calendar_changed_is_not_called_wrong(cast, ticket, week, capsys):
    later = cast.writes(cast.carla)
    answer(cast, later, cast.later(minutes=1))
    tickets.set_status(later, "resolved", by=cast.ada, now=cast.later(minutes=1))
    plan = week.plan | {"days": [{"name": "Move", "from": "2026-11-20", "to": "2026-11-20", "hours": []}]}
    clock.keep_calendar(calendar=week, plan=plan, by=None, now=cast.later(minutes=1))
    assert check(["--ticket", str(later.number)]) == 0
    assert "1 cannot be compared: its working calendar changed meanwhile." in capsys.readouterr().out


def test_a_long_run_says_how_far_it_is(cast, ticket, capsys, monkeypatch):
    monkeypatch.setattr(commands, "SAYS_EVERY", 0.0)
    check(["--all"])
    assert capsys.readouterr().err == "0 of 1 tickets\n"


def test_an_unknown_ticket_is_said(cast, ticket, capsys):
    assert check(["--ticket", "77"]) == 2
    assert capsys.readouterr().err == "There is no ticket #77.\n"
