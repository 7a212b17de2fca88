"""How a fix stands, for machines."""

import pytest

from ombud.features.quiet_status.tests.house import escalate


@pytest.mark.mission("M34")
def test_a_technical_owners_token_says_how_it_stands(cast, machine_of):
    escalation = escalate(cast, cast.jun)
    machine = machine_of(cast.jun)
    [before] = machine.get(f"/escalations/{escalation.number}/status").json()
    assert (before["kind"], before["person"]["name"]) == (None, "Jun Watanabe")
    assert before["asked_at"] is not None
    said = {"kind": "blocked", "line": "No printer here."}
    [after] = machine.post(f"/escalations/{escalation.number}/status", said).json()
    assert (after["kind"], after["line"], after["asked_at"]) == ("blocked", "No printer here.", None)


def test_a_machine_of_its_own_says_nothing_for_a_person(cast, machine):
    escalation = escalate(cast, cast.jun)
    refused = machine.post(f"/escalations/{escalation.number}/status", {"kind": "progress"})
    assert refused.status_code == 403


def test_who_owns_nothing_of_it_is_told(cast, machine_of):
    escalation = escalate(cast, cast.jun)
    refused = machine_of(cast.ada).post(f"/escalations/{escalation.number}/status", {"kind": "progress"})
    assert refused.status_code == 422
    assert "does not own its fix" in refused.content.decode()
