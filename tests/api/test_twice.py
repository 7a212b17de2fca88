"""A request that is sent twice happens once."""

import pytest

from ombud.doors.api import forgetting
from ombud.doors.api.forgetting import KEPT, LOOKS, forget_old
from ombud.doors.api.models import Answer, Upload
from ombud.spine.tickets.models import Message, Ticket

TICKET = {"subject": "Silent", "text": "Nothing prints.", "customer": {"email": "carla@acme-outdoor.example"}}
KEY = {"Idempotency-Key": "a-7"}


def test_the_same_key_is_the_same_ticket(machine):
    first, second = machine.post("/tickets", TICKET, **KEY), machine.post("/tickets", TICKET, **KEY)
    assert (second.status_code, second.json()) == (first.status_code, first.json())
    assert second.headers["Location"] == first.headers["Location"]
    assert Ticket.objects.count() == 1


def test_the_same_key_is_the_same_note(cast, machine):
    at = f"/tickets/{cast.writes(cast.carla).number}/notes"
    assert machine.post(at, {"text": "x"}, **KEY).json() == machine.post(at, {"text": "x"}, **KEY).json()
    assert Message.objects.filter(kind="note").count() == 1


def test_another_request_with_the_same_key(machine):
    machine.post("/tickets", TICKET, **KEY)
    answer = machine.post("/tickets", {**TICKET, "subject": "Other"}, **KEY)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "key_reused")
    assert Ticket.objects.count() == 1


def test_keys_are_each_tokens_own(machine, machine_of):
    machine.post("/tickets", TICKET, **KEY)
    machine_of().post("/tickets", TICKET, **KEY)
    assert Ticket.objects.count() == 2


def test_a_refused_request_may_come_again(machine):
    assert machine.post("/tickets", {**TICKET, "mailbox": "no@desk.test"}, **KEY).status_code == 422
    assert not Answer.objects.exists()
    assert machine.post("/tickets", TICKET, **KEY).status_code == 201


def test_too_long_a_key(machine):
    answer = machine.post("/tickets", TICKET, **{"Idempotency-Key": "k" * 201})
    assert list(answer.json()["error"]["fields"]) == ["Idempotency-Key"]


@pytest.fixture
def just_started(monkeypatch):
    monkeypatch.setattr(forgetting, "_last_look", {})


def test_answers_and_uploads_are_forgotten_after_a_day(machine, just_started, tmp_path):
    machine.post("/tickets", TICKET, **KEY)
    file = tmp_path / "a.txt"
    file.write_text("a")
    with file.open("rb") as opened:
        machine.upload(opened)
    made = Answer.objects.get().forget_at - KEPT
    assert forget_old(made) == 0
    assert forget_old(made + LOOKS) == 0
    assert forget_old(made + 2 * KEPT) == 2
    assert (Answer.objects.count(), Upload.objects.count()) == (0, 0)
