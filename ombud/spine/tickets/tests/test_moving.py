"""Who has it, what state it is in, and what becomes of several."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ombud.spine.tickets import actions, queries
from ombud.spine.tickets.models import Status, Ticket
from ombud.spine.tickets.said import Said
from ombud.spine.tickets.waking import wake_due


@pytest.fixture
def ticket(cast):
    return cast.writes(cast.carla)


def test_the_matrix_makes_the_priority(cast, ticket):
    actions.set_severity(ticket, "critical", by=cast.ada, now=cast.now)
    actions.set_urgency(ticket, "high", by=cast.ada, now=cast.now)
    assert ticket.priority == "p1"


def test_an_overruled_priority_stays_and_keeps_its_reason(cast, ticket):
    actions.overrule_priority(ticket, "p1", "Renewal is tomorrow", by=cast.ines, now=cast.now)
    actions.set_severity(ticket, "low", by=cast.ada, now=cast.now)
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.priority_reason) == ("p1", "Renewal is tomorrow")


def test_overruling_needs_a_reason_and_a_lead(cast, ticket):
    with pytest.raises(ValidationError):
        actions.overrule_priority(ticket, "p1", " ", by=cast.ines, now=cast.now)
    with pytest.raises(PermissionDenied):
        actions.overrule_priority(ticket, "p1", "Because", by=cast.ada, now=cast.now)


def test_the_oldest_untouched_one_is_named(cast, ticket):
    cast.later(minutes=9)
    cast.writes(cast.chen)
    actions.set_severity(ticket, "low", by=cast.ada, now=cast.now)
    assert queries.oldest_untouched(queries.visible_to(cast.ada)).first().customer == cast.chen


def test_a_private_teams_tickets_are_seen_by_its_members_only(cast):
    team = cast.team("Legal", cast.emil, private=True)
    ticket = cast.writes(cast.carla, team=team)
    assert queries.visible_to(cast.emil).get() == ticket
    assert not queries.visible_to(cast.ada).exists()


def test_a_success_manager_sees_only_their_accounts_tickets(cast, ticket):
    cast.writes(cast.chen)
    assert queries.visible_to(cast.tomasz).get() == ticket


def test_a_merged_ticket_is_in_no_list_and_its_number_leads_on(cast, ticket):
    survivor = cast.writes(cast.carla, text="Otra vez yo.")
    actions.merge(ticket, survivor, by=cast.ada, now=cast.now)
    assert queries.visible_to(cast.ada).get() == survivor
    assert queries.by_number(cast.ada, ticket.number) == survivor
    assert queries.thread(survivor).count() == 2


def test_a_chain_of_merges_leads_to_the_last(cast, ticket):
    second, third = cast.writes(cast.carla), cast.writes(cast.carla)
    actions.merge(ticket, second, by=cast.ada, now=cast.now)
    second.refresh_from_db()
    actions.merge(second, third, by=cast.ada, now=cast.now)
    assert queries.by_number(cast.ada, ticket.number) == third


def test_split_messages_leave_for_a_ticket_of_their_own(cast, ticket):
    other = actions.receive(
        ticket, Said(text="Y otra cosa…"), customer=cast.carla, channel="email", now=cast.later(hours=1)
    )
    new = actions.split(ticket, [other], by=cast.ada, now=cast.now)
    assert [queries.thread(t).count() for t in (ticket, new)] == [1, 1]
    assert new.number == ticket.number + 1


def test_a_snoozed_ticket_wakes_by_itself(cast, ticket):
    actions.set_status(ticket, "on_hold", by=cast.ada, now=cast.now)
    actions.snooze(ticket, cast.now + timedelta(hours=2), by=cast.ada, now=cast.now)
    assert wake_due(cast.later(hours=1)) == 0
    assert wake_due(cast.later(hours=1)) == 1
    ticket.refresh_from_db()
    assert (ticket.status, ticket.wakes_at) == (Status.OPEN, None)


def test_only_those_who_answer_can_hold_a_ticket(cast, ticket):
    with pytest.raises(ValidationError):
        actions.assign(ticket, cast.sofia, by=cast.ines, now=cast.now)
    assert Ticket.objects.get().assignee is None
