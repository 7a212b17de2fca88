"""Pages of a list while tickets come and change."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ombud.doors.api import cursors
from ombud.spine.tickets import actions


def all_pages(machine, path, between=lambda: None):
    """Every item of a list, page after page, doing something between two pages."""
    items, cursor = [], ""
    while cursor is not None:
        answer = machine.get(f"{path}{'&' if '?' in path else '?'}limit=2&cursor={cursor}").json()
        items += answer["items"]
        cursor = answer["next"]
        between()
    return items


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=some.lists(some.sampled_from(["comes", "is answered", "is closed"]), max_size=6))
def test_whatever_comes_meanwhile_each_ticket_is_seen_once(cast, machine, deeds):
    tickets = [cast.writes(cast.carla) for _ in range(5)]
    before = machine.get("/tickets?limit=500").json()
    left = list(deeds)

    def something():
        deed = left.pop() if left else ""
        if deed == "comes":
            cast.writes(cast.chen)
        elif deed == "is answered":
            actions.reply(tickets[0], by=cast.ada, now=cast.later(seconds=1), text="Hello")
        elif deed == "is closed":
            actions.set_status(tickets[1], "closed", by=cast.ada, now=cast.later(seconds=1))

    seen = [item["number"] for item in all_pages(machine, "/tickets", something)]
    assert seen == [item["number"] for item in before["items"]]


def test_messages_and_events_have_pages_too(cast, machine):
    ticket = cast.writes(cast.carla)
    for word in ("one", "two", "three"):
        actions.note(ticket, by=cast.ada, now=cast.later(seconds=1), text=word)
    at = f"/tickets/{ticket.number}"
    assert [m["text"] for m in all_pages(machine, f"{at}/messages")][1:] == ["one", "two", "three"]
    assert len(all_pages(machine, f"{at}/events")) == 4


def test_a_search_has_pages_too(cast, machine, settle):
    tickets = [cast.writes(cast.carla, text="La aduana") for _ in range(5)]
    settle()
    assert machine.get("/tickets?q=aduana").json()["count"] == 5
    seen = [item["number"] for item in all_pages(machine, "/tickets?q=aduana")]
    assert seen == [ticket.number for ticket in reversed(tickets)]


@pytest.mark.parametrize("cursor", ["x", "WyJhIl0", "WzEsMl0", "bnVsbA", "é", "%00", "WzFd" * 50])
def test_a_cursor_that_is_none_of_ours(machine, cursor):
    answer = machine.get(f"/tickets?cursor={cursor}")
    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == ["cursor"]


def test_counting_stops_and_says_so(cast, machine, monkeypatch):
    monkeypatch.setattr(cursors, "COUNTED", 2)
    for _ in range(2):
        cast.writes(cast.carla)
    assert machine.get("/tickets").json()["count_capped"] is False
    cast.writes(cast.carla)
    answer = machine.get("/tickets").json()
    assert (answer["count"], answer["count_capped"], len(answer["items"])) == (2, True, 3)


def test_a_page_of_the_list_is_seven_queries(cast, machine):
    for _ in range(3):
        actions.tag(cast.writes(cast.carla), "customs", by=cast.ada, now=cast.now)
    machine.get("/tickets")  # notes that the token was used
    with CaptureQueriesContext(connection) as asked:
        machine.get("/tickets")
    # the token, teams that are hidden, the page's numbers, its tickets, tags, escalations, the count
    assert len(asked) == 7, [query["sql"] for query in asked]
