"""A token never shows or does more than the person it stands for."""

import pytest

from ombud.foundation.people.actions import change_person
from ombud.spine.tickets import actions
from ombud.spine.tickets.said import Enclosed

pytestmark = pytest.mark.mission("M74")


@pytest.fixture
def secret_team(cast):
    return cast.team("Legal", cast.noor, private=True)


@pytest.fixture
def hidden(cast, secret_team):
    """A ticket of a private team, with a file."""
    ticket = cast.writes(cast.carla, text="confidencial", team=secret_team)
    said = Enclosed(name="contract.pdf", content_type="application/pdf", size=1, sha256="0" * 64)
    actions.note(ticket, by=cast.noor, now=cast.now, text="Not for others", attachments=[said])
    return ticket


def addresses(ticket):
    at, file = f"/tickets/{ticket.number}", ticket.messages.get(kind="note").attachments.get()
    return [
        ("get", at, None),
        ("get", f"{at}/messages", None),
        ("get", f"{at}/events", None),
        ("get", f"/attachments/{file.pk}", None),
        ("patch", at, {"status": "closed"}),
        ("post", f"{at}/notes", {"text": "hello"}),
        ("post", f"{at}/replies", {"text": "hello"}),
    ]


@pytest.mark.parametrize("who", ["ada", None])
def test_a_private_teams_tickets_are_not_there_for_others(cast, machine_of, hidden, settle, who):
    settle()
    machine = machine_of(who and getattr(cast, who))
    for method, path, body in addresses(hidden):
        assert machine.ask(method, path, body).status_code == 404, path
    for query in ("", "?q=confidencial", f"?q={hidden.number}", "?customer=carla@acme-outdoor.example"):
        assert machine.get(f"/tickets{query}").json() == {
            "items": [],
            "count": 0,
            "count_capped": False,
            "next": None,
        }
    assert hidden.messages.count() == 2


def test_its_members_see_them(cast, machine_of, hidden):
    assert machine_of(cast.noor).get(f"/tickets/{hidden.number}").status_code == 200


def test_a_success_manager_sees_only_their_accounts(cast, machine_of):
    theirs = cast.writes(cast.carla)
    others = cast.writes(cast.chen)
    machine = machine_of(cast.tomasz)
    assert [item["number"] for item in machine.get("/tickets").json()["items"]] == [theirs.number]
    assert machine.get(f"/tickets/{others.number}").status_code == 404


def test_a_success_manager_writes_inside_but_neither_answers_nor_changes(cast, machine_of):
    at = f"/tickets/{cast.writes(cast.carla).number}"
    machine = machine_of(cast.tomasz)
    assert machine.post(f"{at}/notes", {"text": "I will call them."}).status_code == 201
    for answer in (
        machine.post(f"{at}/replies", {"text": "Hello"}),
        machine.patch(at, {"status": "closed"}),
        machine.patch(at, {"assignee": None}),
    ):
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")


def test_whoever_left_has_no_token_any_more(cast, machine_of):
    machine = machine_of(cast.ada)
    change_person(cast.ada, by=cast.noor, now=cast.now, is_active=False)
    assert machine.get("/tickets").status_code == 401


def test_a_linked_ticket_that_may_not_be_seen_has_no_number(cast, machine_of, hidden):
    open_one = cast.writes(cast.carla)
    actions.link(open_one, hidden, by=cast.noor, now=cast.now)
    shown = machine_of(cast.ada).get(f"/tickets/{open_one.number}/events").json()["items"][-1]
    assert (shown["verb"], shown["data"]) == ("ticket.linked", {"other": None})


def test_a_signed_in_browser_is_no_token(cast, client):
    assert cast.signed_in(client, cast.greta).get("/api/v1/tickets").status_code == 401
