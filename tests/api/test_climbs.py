"""What machines see of ladders, and that they can say who has it."""

import pytest

from ombud.foundation.people import actions as people
from ombud.foundation.people.models import Person
from ombud.spine.ladders import actions
from ombud.spine.ladders.models import Climb
from ombud.spine.tickets import actions as tickets

RUNGS = [
    {"whom": {"kind": "role", "of": "lead"}, "by": ["product", "mail"]},
    {"whom": {"kind": "role", "of": "head"}, "after": 900, "by": ["mail"]},
]


@pytest.fixture
def ticket(cast):
    assert cast.ines and cast.noor
    draft = {"starts": [{"on": "by_hand"}], "rungs": RUNGS}
    ladder = actions.keep_ladder(name="Help", draft=draft, by=None, now=cast.now)
    actions.publish(ladder, by=None, now=cast.now)
    return cast.writes(cast.carla)


def climb(machine, ticket):
    return machine.post(f"/tickets/{ticket.number}/climb", None)


def acknowledge(machine, ticket, body):
    return machine.post(f"/tickets/{ticket.number}/climbs/{Climb.objects.get().pk}/acknowledge", body)


@pytest.mark.mission("M26")
def test_a_machine_begins_a_ladder_and_sees_who_was_told(machine, ticket):
    assert machine.get(f"/tickets/{ticket.number}").json()["climbs"] == []
    begun = climb(machine, ticket).json()
    assert (begun["ladder"], begun["why"], begun["state"]) == ("Help", "by_hand", "climbing")
    assert (begun["rung"], begun["rungs"]) == (1, 2)
    assert begun["climbs_at"] > begun["started_at"]
    told = [(one["person"]["email"], one["way"]) for one in begun["told"]]
    assert told == [("ines@parcelline.example", "product"), ("ines@parcelline.example", "mail")]
    assert machine.get(f"/tickets/{ticket.number}").json()["climbs"] == [begun]


@pytest.mark.mission("M25")
def test_a_persons_token_has_it(cast, machine_of, ticket):
    machine = machine_of(cast.ines)
    climb(machine, ticket)
    held = acknowledge(machine, ticket, {})
    assert held.status_code == 200
    assert held.json()["held_by"]["email"] == "ines@parcelline.example"
    assert held.json()["climbs_at"] is None


def test_who_comes_second_gets_a_conflict_that_says_who_was_quicker(cast, machine_of, ticket):
    climb(machine_of(cast.ines), ticket)
    acknowledge(machine_of(cast.ines), ticket, {})
    late = acknowledge(machine_of(cast.emil), ticket, {})
    assert (late.status_code, late.json()["error"]["code"]) == (409, "conflict")
    assert "Inés Ferrer has it since" in late.json()["error"]["message"]


def test_over_is_a_conflict(cast, machine_of, ticket):
    climb(machine_of(cast.ines), ticket)
    tickets.set_status(ticket, "resolved", by=cast.ada, now=cast.now)
    assert acknowledge(machine_of(cast.ines), ticket, {}).status_code == 409


def test_a_machine_of_its_own_says_who_has_it(machine, ticket):
    climb(machine, ticket)
    assert "person" in acknowledge(machine, ticket, {}).json()["error"]["fields"]
    held = acknowledge(machine, ticket, {"person": "Ines@parcelline.example"})
    assert held.json()["held_by"]["name"] == "Inés Ferrer"


def test_a_persons_token_speaks_for_nobody_else(cast, machine_of, ticket):
    climb(machine_of(cast.emil), ticket)
    answer = acknowledge(machine_of(cast.emil), ticket, {"person": "ines@parcelline.example"})
    assert "person" in answer.json()["error"]["fields"]


def test_who_left_has_nothing(cast, machine, ticket):
    climb(machine, ticket)
    people.change_person(Person.objects.get(pk=cast.ada.pk), is_active=False, by=cast.noor, now=cast.now)
    answer = acknowledge(machine, ticket, {"person": "ada@parcelline.example"})
    assert answer.status_code == 422


def test_another_tickets_climb_is_not_there(cast, machine, ticket):
    climb(machine, ticket)
    other = cast.writes(cast.chen)
    assert acknowledge(machine, other, {"person": "ines@parcelline.example"}).status_code == 404


def test_without_a_ladder_it_says_so(cast, machine):
    answer = climb(machine, cast.writes(cast.carla))
    assert answer.status_code == 422
    assert "No ladder is there" in str(answer.json())


def test_light_roles_do_not_climb(cast, machine_of, ticket):
    assert climb(machine_of(cast.tomasz), ticket).status_code == 403
