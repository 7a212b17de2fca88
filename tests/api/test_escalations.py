"""What machines do with escalations."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ombud.foundation.events.models import Event
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Escalation
from ombud.spine.escalations.updates_due import work_updates
from ombud.spine.tickets.models import Message

WHY = {"reason": "impact", "severity": "high", "impact": "412 parcels wait in Cádiz."}


@pytest.fixture
def ticket(cast):
    """The doors live in the present, so the cast does, too."""
    cast.now = timezone.now()
    assert cast.emil and cast.ines and cast.noor
    return cast.writes(cast.carla)


@pytest.fixture
def escalation(cast, ticket):
    return actions.raise_one(ticket, reason="impact", severity="critical", by=cast.ada, now=cast.now)


def escalate(machine, ticket, body=None, **headers):
    return machine.post(f"/tickets/{ticket.number}/escalations", WHY if body is None else body, **headers)


@pytest.mark.mission("M18")
@pytest.mark.mission("M15")
def test_a_machine_raises_one_and_it_has_a_manager_and_a_next_update(machine, ticket):
    assert machine.get(f"/tickets/{ticket.number}").json()["escalation"] is None
    answer = escalate(machine, ticket)
    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/escalations/{made['number']}"
    assert (made["ref"], made["status"], made["stage"]) == ("E-101", "open", "received")
    assert made["manager"]["name"] == "Emil Okafor"
    assert made["next_update_at"] > made["raised_at"]
    assert made["tickets"] == [ticket.number]
    assert machine.get("/escalations/101").json() == made
    assert machine.get(f"/tickets/{ticket.number}").json()["escalation"] == "E-101"
    assert [one["escalation"] for one in machine.get("/tickets").json()["items"]] == ["E-101"]


def test_a_ticket_is_escalated_once(machine, ticket):
    escalate(machine, ticket)
    again = escalate(machine, ticket)
    assert again.status_code == 422
    assert "belongs to E-101 already" in again.json()["error"]["message"]
    assert Escalation.objects.count() == 1


def test_the_same_request_with_a_key_raises_one(machine, ticket):
    first = escalate(machine, ticket, **{"Idempotency-Key": "e1"})
    again = escalate(machine, ticket, **{"Idempotency-Key": "e1"})
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Location"] == first.headers["Location"]


def test_a_reason_that_is_none_is_refused(machine, ticket):
    for body in ({}, {"reason": "because"}, {**WHY, "colour": "red"}, {**WHY, "severity": "huge"}):
        assert escalate(machine, ticket, body).status_code == 422
    assert not Escalation.objects.exists()


@pytest.mark.mission("M32")
def test_an_update_reaches_the_customer_and_sets_the_next(cast, machine_of, escalation, ticket):
    at = (timezone.now() + timedelta(hours=2)).replace(microsecond=0)
    body = {"process": "Lo miramos.", "impact": "412 envíos.", "next_at": at.isoformat()}
    answer = machine_of(cast.emil).post("/escalations/101/updates", body)
    assert answer.status_code == 201
    (sent,) = answer.json()["updates"]
    assert (sent["number"], sent["by"]["name"], sent["kept"]) == (1, "Emil Okafor", True)
    assert answer.json()["next_update_at"] == at.isoformat(timespec="milliseconds")
    said = Message.objects.filter(ticket=ticket).latest("pk").text
    assert "Lo miramos." in said and "412 envíos." in said


def test_an_update_needs_words_and_a_time_to_come(cast, machine_of, escalation):
    emil = machine_of(cast.emil)
    for body in (
        {"process": " "},
        {},
        {"process": "Ya.", "next_at": "soon"},
        {"process": "Ya.", "next_at": "2020-01-01T00:00Z"},
    ):
        answer = emil.post("/escalations/101/updates", body)
        assert answer.status_code == 422, body
    assert not escalation.updates.exists()


def test_an_update_is_a_persons_word(cast, machine, machine_of, escalation):
    assert machine.post("/escalations/101/updates", {"process": "Ya."}).status_code == 403
    assert machine_of(cast.tomasz).post("/escalations/101/updates", {"process": "Ya."}).status_code == 403


@pytest.mark.mission("M32")
def test_the_list_finds_what_is_late_whose_and_what_is_over(cast, machine, escalation):
    late = actions.raise_one(
        cast.writes(cast.chen),
        reason="unheard",
        severity="critical",
        manager=cast.ines,
        by=cast.ada,
        now=cast.now - timedelta(hours=3),
    )
    work_updates(timezone.now())
    over = actions.raise_one(cast.writes(cast.rui), reason="impact", by=cast.ada, now=cast.now)
    actions.de_escalate(over, "A mistake.", by=cast.emil, now=cast.now)
    for query, kept in (
        ("", [over, late, escalation]),
        ("status=open", [late, escalation]),
        ("status=closed", [over]),
        ("late=true", [late]),
        ("manager=INES@parcelline.example", [late]),
        ("manager=none", []),
        ("account=acme+outdoor&status=open", [escalation]),
    ):
        answer = machine.get(f"/escalations?{query}").json()
        assert [one["number"] for one in answer["items"]] == [one.number for one in kept], query
        assert answer["count"] == len(kept)
    assert machine.get("/escalations?manager=no@one.example").status_code == 422
    assert machine.get("/escalations?status=odd").status_code == 422
    assert machine.get("/escalations?late=true").json()["items"][0]["late_since"]


def test_pages_follow_one_another(cast, machine, escalation):
    for _each in range(2):
        actions.raise_one(cast.writes(cast.rui), reason="impact", by=cast.ada, now=cast.now)
    first = machine.get("/escalations?limit=2").json()
    rest = machine.get(f"/escalations?limit=2&cursor={first['next']}").json()
    assert [one["number"] for one in first["items"] + rest["items"]] == [103, 102, 101]
    assert rest["next"] is None


def test_a_list_asks_a_fixed_number_of_questions(cast, machine, escalation):
    machine.get("/escalations")
    few = asked(machine, "/escalations")
    for _each in range(5):
        actions.raise_one(cast.writes(cast.rui), reason="impact", by=cast.ada, now=cast.now)
    assert asked(machine, "/escalations") == few
    assert asked(machine, "/tickets") == asked(machine, "/tickets?limit=2")


def asked(machine, path):
    with CaptureQueriesContext(connection) as captured:
        machine.get(path)
    return len(captured)


@pytest.mark.mission("M36")
def test_one_brief_for_every_machine(cast, machine, escalation):
    actions.send_update(escalation, process="Lo miro.", by=cast.emil, now=cast.now)
    actions.set_brief(
        escalation, understood="HS codes.", workaround="CN23", at_risk=84_000_00, by=cast.emil, now=cast.now
    )
    actions.decide(escalation, "Repair forward", "Jun's estimate", by=cast.ines, now=cast.now)
    actions.confirm(escalation, by=cast.tomasz, now=cast.now)
    brief = machine.get("/escalations/101").json()
    assert (brief["understood"], brief["workaround"]) == ("HS codes.", "CN23")
    assert (brief["at_risk"], brief["currency"]) == (84_000_00, "EUR")
    assert [one["what"] for one in brief["decisions"]] == ["Repair forward"]
    confirmed = {one["person"]["name"]: bool(one["confirmed_at"]) for one in brief["stakeholders"]}
    assert confirmed["Tomasz Zieliński"] and not confirmed["Inés Ferrer"]
    assert [one["customer"]["name"] for one in brief["contacts"]] == ["Carla Benítez"]


def test_changing_levels_manager_and_stage(cast, machine_of, escalation):
    emil = machine_of(cast.emil)
    emil.post("/escalations/101/updates", {"process": "Lo miro."})
    actions.set_brief(escalation, understood="HS", impact="412", by=cast.emil, now=cast.now)
    wish = {"severity": "high", "urgency": "medium", "stage": "investigated", "manager": cast.ines.email}
    changed = emil.patch("/escalations/101", wish).json()
    assert {name: changed[name] for name in ("severity", "urgency", "stage")} == {
        name: wish[name] for name in ("severity", "urgency", "stage")
    }
    assert changed["manager"]["name"] == "Inés Ferrer"
    assert Event.objects.filter(verb="escalation.assigned", data__how="handed").exists()


@pytest.mark.mission("M61")
def test_a_stage_is_refused_with_what_is_missing_and_nothing_changes(cast, machine, escalation):
    answer = machine.patch("/escalations/101", {"severity": "low", "stage": "investigated"})
    assert answer.status_code == 422
    assert "no update has gone out yet" in " ".join(answer.json()["error"]["fields"]["stage"])
    assert machine.get("/escalations/101").json()["severity"] == "critical"


def test_only_who_leads_it_changes_it(cast, machine_of, escalation):
    for person in (cast.ada, cast.tomasz):
        assert machine_of(person).patch("/escalations/101", {"severity": "low"}).status_code == 403
    assert machine_of(cast.emil).patch("/escalations/101", {"manager": cast.sofia.email}).status_code == 422


def test_de_escalating_says_why(cast, machine, escalation, ticket):
    assert machine.post("/escalations/101/de-escalate", {"why": " "}).status_code == 422
    over = machine.post("/escalations/101/de-escalate", {"why": "A setting of theirs."}).json()
    assert (over["status"], over["closed_why"]) == ("closed", "A setting of theirs.")
    assert over["tickets"] == [ticket.number]
    assert machine.get(f"/tickets/{ticket.number}").json()["escalation"] is None
    assert machine.post("/escalations/101/de-escalate", {"why": "Again."}).status_code == 422


def test_what_is_not_theirs_is_not_there(cast, machine_of, escalation, stranger):
    sofia = machine_of(cast.sofia)
    assert sofia.get("/escalations").json()["items"] == []
    assert sofia.get("/escalations/101").status_code == 404
    assert sofia.post("/escalations/101/de-escalate", {"why": "No."}).status_code == 404
    assert machine_of(cast.tomasz).get("/escalations/101").status_code == 200
    assert stranger.get("/escalations").status_code == 401
