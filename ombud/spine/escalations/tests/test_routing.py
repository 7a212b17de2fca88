"""To whom an escalation falls when nobody is named: by reason, by tier, in turn, past who is absent."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ombud.foundation.events.models import Event
from ombud.foundation.people import actions as people
from ombud.spine.escalations import actions
from ombud.spine.escalations.routing import who_leads


@pytest.fixture
def carriers(cast):
    """What needs expertise goes to Lin and Ada, in turn; everything else to Emil."""
    assert cast.emil
    team = cast.team("Carriers", cast.ada, cast.lin)
    actions.keep_route("expertise", team, by=cast.noor, now=cast.now)
    return team


def raised(cast, reason="expertise", customer=None, **more):
    cast.later(minutes=5)
    ticket = cast.writes(customer or cast.carla)
    return actions.raise_one(ticket, reason=reason, by=cast.ada, now=cast.now, **more)


def away(cast, person, deputy=None):
    people.plan_absence(
        person,
        starts_at=cast.now,
        ends_at=cast.now + timedelta(days=3),
        deputy=deputy,
        by=None,
        now=cast.now,
    )


def test_the_reason_leads_to_a_team_and_each_of_it_has_a_turn(cast, carriers):
    found = [raised(cast) for _again in range(4)]
    first, second, third, fourth = (one.manager for one in found)
    assert {first, second} == {cast.ada, cast.lin}
    assert (third, fourth) == (first, second)
    assert {one.team for one in found} == {carriers}


def test_another_reason_falls_to_a_role_as_before(cast, carriers):
    assert raised(cast, reason="impact").manager == cast.emil


def test_the_turn_passes_by_who_is_absent(cast, carriers):
    away(cast, cast.ada)
    assert {raised(cast).manager for _again in range(3)} == {cast.lin}


def test_a_deputy_from_outside_gets_no_turn_while_somebody_of_the_team_is_there(cast, carriers):
    away(cast, cast.ada, deputy=cast.emil)
    assert {raised(cast).manager for _again in range(3)} == {cast.lin}


def test_when_nobody_of_the_team_is_there_a_role_takes_it(cast, carriers):
    away(cast, cast.ada)
    away(cast, cast.lin)
    assert raised(cast).manager == cast.emil


def test_only_who_answers_customers_has_a_turn(cast, carriers):
    cast.team("Carriers", cast.jun, cast.lin)
    assert {raised(cast).manager for _again in range(2)} == {cast.lin}


def test_a_team_out_of_use_gets_nothing(cast, carriers):
    cast.team("Carriers", cast.lin, archived_at=cast.now)
    escalation = raised(cast)
    assert (escalation.manager, escalation.team) == (cast.emil, None)
    with pytest.raises(ValidationError, match="out of use"):
        carriers.refresh_from_db()
        actions.keep_route("impact", carriers, by=cast.noor, now=cast.now)


def test_the_tier_leads_to_a_person_before_the_reasons_team(cast, carriers):
    actions.keep_tier_manager("gold", cast.ines, by=cast.noor, now=cast.now)
    escalation = raised(cast)
    assert (escalation.manager, escalation.team) == (cast.ines, carriers)
    assert raised(cast, customer=cast.mallory).manager in (cast.ada, cast.lin), "no account, no tier"
    assert "Gold" in who_leads(cast.now, account=cast.acme).why


def test_an_absent_tier_manager_is_passed_by(cast, carriers):
    actions.keep_tier_manager("gold", cast.ines, by=cast.noor, now=cast.now)
    away(cast, cast.ines, deputy=cast.noor)
    assert raised(cast).manager in (cast.ada, cast.lin)


def test_who_is_named_leads_it(cast, carriers):
    actions.keep_tier_manager("gold", cast.ines, by=cast.noor, now=cast.now)
    assert raised(cast, manager=cast.noor).manager == cast.noor
    assert raised(cast, team=cast.team("Legal", cast.greta, cast.noor)).manager in (cast.greta, cast.noor)


def test_a_customer_who_asks_comes_to_the_same_team(cast, carriers):
    actions.keep_route("unheard", carriers, by=cast.noor, now=cast.now)
    actions.take_their_word(cast.acme, True, by=cast.ada, now=cast.now)
    ticket = cast.writes(cast.carla)
    actions.ask(ticket, customer=cast.carla, how="room", now=cast.now)
    assert ticket.escalations.get().team == carriers


def test_a_change_is_in_the_log_once_and_can_be_taken_away(cast, carriers):
    for team in (carriers, carriers, None, None):
        actions.keep_route("expertise", team, by=cast.noor, now=cast.now)
    said = [event.data["to"] for event in Event.objects.filter(verb="escalation.routing_set").order_by("pk")]
    assert said == [carriers.pk, None]
    assert raised(cast).manager == cast.emil


def test_who_leads_no_escalations_changes_nothing(cast, carriers):
    with pytest.raises(PermissionDenied):
        actions.keep_route("expertise", None, by=cast.ada, now=cast.now)
    with pytest.raises(ValidationError, match="cannot answer"):
        actions.keep_tier_manager("gold", cast.tomasz, by=cast.noor, now=cast.now)
