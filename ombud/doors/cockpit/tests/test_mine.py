"""Light roles: what is expected of them, one button, and nothing of tickets that they may not see."""

import pytest

from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Stakeholder

MINE = "/escalations/mine/"


@pytest.mark.mission("M25")
def test_who_is_told_sees_what_is_expected_and_says_that_they_have_it(cast, escalation, desk, address):
    page = desk(cast.tomasz).get(MINE)
    assert "E-101" in page
    assert "Know how it stands before you speak with them." in page
    desk(cast.tomasz).post(address("confirm"))
    assert Stakeholder.objects.get(person=cast.tomasz).confirmed_at
    assert "I have it" not in desk(cast.tomasz).get(MINE)
    assert "Tomasz Zieliński</strong> has it" in desk(cast.emil).get(address())


def test_the_manager_finds_what_they_lead(cast, escalation, desk):
    page = desk(cast.emil).get(MINE)
    assert "You lead it: the next update is yours." in page


def test_the_rail_leads_light_roles_to_their_part(cast, escalation, desk, address):
    entry = desk(cast.tomasz).get(address()).partition('class="rail-link" href="/escalations/mine/"')[2]
    assert 'aria-current="page"' in entry.partition(">")[0]


def test_without_a_part_there_is_nothing(cast, escalation, desk):
    assert "You have no part in an escalation" in desk(cast.sofia).get(MINE)


def test_a_light_role_sees_the_escalation_without_the_tickets_words(cast, escalation, desk, address):
    actions.add_stakeholder(escalation, cast.jun, "technical", by=cast.emil, now=cast.now)
    actions.send_update(escalation, process="Lo miramos.", by=cast.emil, now=cast.now)
    page = desk(cast.jun).get(address())
    assert "Say when the fix comes" in page
    assert "Lo miramos." in page
    assert "Hola, la aduana" not in page
    assert "Send update" not in page
    assert "1 ticket that you do not see" in page
    desk(cast.jun).ask(address("update"), 403, process="I may not.")
