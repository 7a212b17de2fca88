"""Raising without naming anybody: whose turn it is, and why, before and after."""

from datetime import timedelta

import pytest

from ombud.foundation.people import actions as people
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Escalation


@pytest.fixture
def team(cast, now_is):
    """What needs expertise goes to Ada and Lin in turn; Emil leads escalations else, Inés leads the desk."""
    assert cast.emil and cast.ines
    made = cast.team("Carriers and customs", cast.ada, cast.lin)
    actions.keep_route("expertise", made, by=cast.noor, now=cast.now)
    return made


def escalated(cast, desk, **said):
    """Raise one by the form; its page, as the lead reads it."""
    cast.later(minutes=5)
    ticket = cast.writes(cast.carla)
    given = {"reason": "expertise", "severity": "high", "urgency": "high", "say": "later", "next_at": ""}
    answer = desk(cast.ines).post(f"/escalations/raise/{ticket.number}/", **given | said)
    return desk(cast.ines).get(answer.headers["Location"])


def sides(page):
    return page.partition('class="sides"')[2].partition("leads it")[0]


def away(cast, person):
    ends_at = cast.now + timedelta(days=3)
    people.plan_absence(person, starts_at=cast.now, ends_at=ends_at, deputy=None, by=None, now=cast.now)


@pytest.mark.mission("M23")
def test_each_of_the_team_has_a_turn_and_who_is_absent_has_none(cast, desk, team):
    pages = [escalated(cast, desk) for _again in range(2)]
    assert ["Ada" in sides(pages[0]), "林晓雯" in sides(pages[1])] == [True, True]
    away(cast, cast.ada)
    assert "林晓雯" in sides(escalated(cast, desk))
    assert "you lead this escalation" in desk(cast.lin).get("/notices/")


@pytest.mark.mission("M23")
def test_when_nobody_of_the_team_is_there_the_lead_has_it(cast, desk, team):
    for person in (cast.ada, cast.lin, cast.emil):
        away(cast, person)
    assert "Inés Ferrer" in sides(escalated(cast, desk))


@pytest.mark.mission("M24")
def test_the_form_says_to_whom_it_falls_and_why(cast, desk, team):
    ticket = cast.writes(cast.carla)
    form = f"/escalations/raise/{ticket.number}/"
    assert "Emil Okafor: by role, with the fewest open escalations." in desk(cast.ines).get(form)
    said = desk(cast.ines).client.get(f"{form}message/", {"reason": "expertise"}).json()
    assert said["turn"] == cast.ada.pk
    assert said["why"] == "Ada Lindqvist: whose turn it is in Carriers and customs. They are told at once."
    assert "Ada Lindqvist" in said["words"], "the customer hears the same name"
    actions.keep_tier_manager("gold", cast.ines, by=cast.noor, now=cast.now)
    assert "Inés Ferrer: looks after Gold accounts." in desk(cast.ines).get(form)


@pytest.mark.mission("M24")
def test_the_team_that_can_help_offers_a_workaround(cast, desk, team):
    page = escalated(cast, desk)
    assert "leads it · Carriers and customs" in page
    number = Escalation.objects.get()
    desk(cast.ada).post(f"/escalations/{number}/update/", process="Lo miro.")
    due = (cast.now + timedelta(days=2)).isoformat()
    given = {"kind": "workaround", "words": "Etiquetas por correo.", "fix_due_at": due}
    desk(cast.ada).post(f"/escalations/{number}/solutions/propose/", **given)
    assert "Etiquetas por correo." in desk(cast.ada).get(f"/escalations/{number}/")


def test_who_is_named_leads_it(cast, desk, team):
    assert "Emil Okafor" in sides(escalated(cast, desk, manager=cast.emil.pk))
