"""Who gets escalations when nobody is named: read by everybody, written by those who lead them."""

import pytest
from django.test import Client

from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Route, TierManager

HREF = "/settings/routing"


@pytest.fixture
def desk(cast):
    """A browser of one of ours: `desk(cast.ada)`."""
    return lambda person: cast.signed_in(Client(), person)


def read(client):
    return client.get(HREF).content.decode()


@pytest.mark.mission("M23", "M24")
def test_a_reason_gets_a_team_and_says_whose_turn_is_next(cast, desk):
    team = cast.team("Carriers", cast.ada, cast.lin)
    saved = desk(cast.noor).post(HREF, {"reason-expertise": team.pk})
    assert saved.status_code == 302
    assert "Next: Ada Lindqvist" in read(desk(cast.ines))
    actions.raise_one(cast.writes(cast.carla), reason="expertise", by=cast.ines, now=cast.now)
    assert "Next: 林晓雯" in read(desk(cast.ines))


def test_a_tier_gets_a_person_and_can_be_nobodys_again(cast, desk):
    desk(cast.noor).post(HREF, {"tier-gold": cast.ines.pk})
    assert TierManager.objects.get().person == cast.ines
    gold = read(desk(cast.ada)).partition('name="tier-gold"')[2].partition("</select>")[0]
    assert f'value="{cast.ines.pk}" selected' in gold
    desk(cast.noor).post(HREF, {"tier-gold": ""})
    assert not TierManager.objects.exists()


def test_only_who_answers_customers_can_be_chosen(cast, desk):
    assert desk(cast.noor).post(HREF, {"tier-gold": cast.tomasz.pk}).status_code == 422
    gold = read(desk(cast.noor)).partition('name="tier-gold"')[2].partition("</select>")[0]
    assert cast.noor.name in gold
    assert cast.tomasz.name not in gold


def test_who_leads_none_reads_it_only(cast, desk):
    team = cast.team("Carriers", cast.lin)
    assert "disabled" in read(desk(cast.ada))
    assert desk(cast.ada).post(HREF, {"reason-expertise": team.pk}).status_code == 403
    assert not Route.objects.exists()
