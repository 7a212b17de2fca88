"""What a customer's silence means, and whose word is enough."""

from datetime import timedelta

import pytest
from django.test import Client

from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Escalation, RaisedAtOnce, Silence
from ombud.spine.escalations.solutions_due import work_solutions

HREF = "/settings/silence"


@pytest.fixture
def desk(cast):
    """A browser of one of ours: `desk(cast.ada)`."""
    return lambda person: cast.signed_in(Client(), person)


@pytest.mark.mission("M48")
def test_silence_means_what_was_decided_here(cast, desk):
    assert cast.emil and cast.noor
    saved = {"remind_days": 1, "until_days": 3, "then": "accept"}
    assert desk(cast.noor).post(HREF, saved).status_code == 302
    ticket = cast.writes(cast.carla)
    escalation = actions.raise_one(ticket, reason="impact", by=cast.ada, now=cast.now)
    actions.send_update(escalation, process="Hola.", by=cast.emil, now=cast.now)
    solution = actions.propose(escalation, "fix", "Ya está.", by=cast.lin, now=cast.now)
    actions.sign_off(solution, by=cast.emil, now=cast.now)
    work_solutions(cast.later(days=1, minutes=1))
    work_solutions(cast.later(days=2, minutes=1))
    solution.refresh_from_db()
    assert (solution.answer, solution.how) == ("accepted", "silence")


def test_first_they_are_asked_again(cast, desk):
    answer = desk(cast.noor).post(HREF, {"remind_days": 9, "until_days": 3, "then": "ask"})
    assert answer.status_code == 422
    assert "First they are asked again" in answer.content.decode()
    assert not Silence.objects.exists()


def test_who_leads_none_reads_it_only(cast, desk):
    page = desk(cast.ada).get(HREF).content.decode()
    assert "disabled" in page
    assert desk(cast.ada).post(HREF, {"remind_days": 1, "until_days": 3, "then": "ask"}).status_code == 403


@pytest.mark.mission("M19")
def test_an_account_whose_word_is_enough_is_escalated_at_once(cast, desk):
    assert cast.emil
    href = f"/customers/accounts/{cast.acme.pk}"
    assert desk(cast.ada).post(f"{href}/word", {"enough": "1"}).status_code == 302
    assert "Their word is enough: when one of them asks" in desk(cast.ada).get(href).content.decode()
    actions.ask(cast.writes(cast.carla), customer=cast.carla, how="room", now=cast.now + timedelta(minutes=1))
    assert Escalation.objects.get().how == "customer"
    desk(cast.ada).post(f"{href}/word", {})
    assert not RaisedAtOnce.objects.exists()
