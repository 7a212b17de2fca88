"""What machines read of promises."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ombud.foundation.clock import actions as clock
from ombud.foundation.clock.queries import default_calendar
from ombud.foundation.post import events as post
from ombud.spine.sla import actions as sla
from ombud.spine.sla.falling_due import work_promises
from ombud.spine.tickets import actions as tickets
from tests.cast import Cast

HOUR = 3600
DAY = [["00:00", "12:00"], ["13:00", "24:00"]]


@pytest.fixture
def cast(db):
    """Today: the API asks the real clock."""
    return Cast(now=timezone.now().replace(microsecond=0) - timedelta(hours=3))


@pytest.fixture
def gold(cast):
    """An answer within two days of nearly all hours; a resolution within a week around the clock."""
    plan = {"timezone": "Europe/Amsterdam", "hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY)}
    week = clock.keep_calendar(calendar=default_calendar(), name="Week", plan=plan, by=None, now=cast.now)
    targets = {
        "first_reply": {"seconds": 46 * HOUR, "calendar": week.pk},
        "update": {"seconds": 20 * HOUR},
        "resolution": {"seconds": 168 * HOUR},
    }
    terms = {"targets": {"p3": targets, "p2": {"first_reply": {"seconds": HOUR}}}, "pauses": ["waiting"]}
    return sla.keep_policy(name="Gold", conditions={"tiers": ["gold"]}, terms=terms, by=None, now=cast.now)


@pytest.fixture
def ticket(cast, gold):
    return cast.writes(cast.carla)


def by_kind(machine, ticket):
    return {one["kind"]: one for one in machine.get(f"/tickets/{ticket.number}").json()["promises"]}


@pytest.mark.mission("M11")
def test_a_machine_sees_each_clock_of_a_ticket(cast, machine, ticket):
    shown = by_kind(machine, ticket)
    assert (shown["resolution"]["state"], shown["resolution"]["policy"]) == ("running", "Gold")
    assert shown["resolution"]["remaining_seconds"] == pytest.approx(165 * HOUR, abs=60)
    due = datetime.fromisoformat(shown["resolution"]["due_at"])
    assert due == cast.now + timedelta(hours=168)


def test_a_clock_that_stands_still_says_why(cast, machine, ticket):
    tickets.set_status(ticket, "waiting", by=cast.ada, now=cast.now)
    shown = by_kind(machine, ticket)["resolution"]
    assert (shown["state"], shown["due_at"], shown["paused_for"]) == ("paused", None, "waiting")
    assert shown["remaining_seconds"] == 168 * HOUR


def test_one_that_was_kept_says_when(cast, machine, ticket):
    message = tickets.reply(ticket, by=cast.ada, text="Lo miramos.", now=cast.later(minutes=11))
    post.LETTER_SENT.record(case=ticket.case_id, now=cast.now, letter=message.letter_id)
    shown = by_kind(machine, ticket)["first_reply"]
    assert (shown["state"], shown["remaining_seconds"]) == ("kept", None)
    assert datetime.fromisoformat(shown["met_at"]) == cast.now


@pytest.mark.mission("P5")
def test_it_explains_contractual_and_lived_time_side_by_side(cast, machine, ticket):
    promise = by_kind(machine, ticket)["first_reply"]
    told = machine.get(f"/tickets/{ticket.number}/promises/{promise['id']}").json()
    counted = [line["seconds"] for line in told["lines"] if line["counted"]]
    assert sum(counted) == pytest.approx(46 * HOUR)
    assert told["counted_seconds"] == pytest.approx(told["promised_seconds"])
    assert told["lived_seconds"] == pytest.approx(3 * HOUR, abs=60)
    assert (told["began"], told["source"]) == ("Carla Benítez wrote", "P3 · Gold")
    assert (told["calendar"], told["customer_time_zone"]) == ("Week", "Atlantic/Canary")
    theirs = datetime.fromisoformat(told["customer_due_at"])
    assert theirs == datetime.fromisoformat(told["due_at"])
    assert "lunch or another break" in {line["words"] for line in told["lines"]} | {
        line["without"].removeprefix("without ") for line in told["lines"]
    }


def test_promises_of_others_are_not_there(cast, machine_of, machine, ticket):
    promise = by_kind(machine, ticket)["first_reply"]["id"]
    tickets.set_team(ticket, cast.team("Legal", cast.ines, private=True), by=cast.ines, now=cast.now)
    for asked in (machine_of(cast.ada), machine):
        assert asked.get(f"/tickets/{ticket.number}/promises/{promise}").status_code == 404
    other = cast.writes(cast.mallory)
    assert machine.get(f"/tickets/{other.number}/promises/{promise}").status_code == 404


@pytest.mark.mission("M11")
def test_the_list_stands_in_the_order_of_its_clocks(cast, machine, gold):
    late = cast.writes(cast.carla)
    soon = cast.writes(cast.carla, severity="high")
    cast.writes(cast.mallory)  # to whom nothing was promised
    answer = machine.get("/tickets?sort=due").json()
    assert [item["number"] for item in answer["items"]] == [soon.number, late.number]
    work_promises(timezone.now())
    now = timezone.now().isoformat().replace("+00:00", "Z")
    assert [t["number"] for t in machine.get(f"/tickets?due_before={now}").json()["items"]] == [soon.number]


def test_its_pages_hold_everything_once(cast, machine, gold):
    numbers = [cast.writes(cast.carla).number for _ticket in range(7)]
    seen, cursor = [], ""
    while cursor is not None:
        answer = machine.get(f"/tickets?sort=due&limit=3&cursor={cursor}").json()
        seen += [item["number"] for item in answer["items"]]
        cursor = answer["next"]
    assert seen == numbers


@pytest.mark.parametrize("query", ["due_before=tomorrow", "due_before=2026-03-02T09:30", "sort=due&cursor=x"])
def test_what_is_no_time_is_refused(machine, gold, query):
    assert machine.get(f"/tickets?{query}").status_code == 422


def test_what_they_cost(machine, ticket):
    """A ticket with its promises: two questions more, however many there are. The list: none more."""
    machine.get(f"/tickets/{ticket.number}")
    with CaptureQueriesContext(connection) as asked:
        machine.get(f"/tickets/{ticket.number}")
    assert len([q for q in asked if 'FROM "sla_promise"' in q["sql"]]) == 1
    with CaptureQueriesContext(connection) as asked:
        machine.get("/tickets?sort=due")
    assert not [q for q in asked if "sla_promise" in q["sql"]]
