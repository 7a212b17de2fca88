"""An escalation always has a next update due, a manager in sight, and stages that are earned."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from ombud.foundation.events.models import Event
from ombud.foundation.notifications.queries import unread
from ombud.foundation.people import actions as people
from ombud.spine.escalations import actions, queries
from ombud.spine.escalations.models import Contact, Escalation, Stage, Stakeholder
from ombud.spine.escalations.updates_due import work_updates
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Message


def utc(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def ticket(cast):
    return cast.writes(cast.carla)


@pytest.fixture
def escalation(cast, ticket):
    assert cast.emil and cast.ines and cast.noor
    return actions.raise_one(ticket, reason="impact", severity="high", by=cast.ada, now=cast.now)


def fresh(escalation):
    return Escalation.objects.get(pk=escalation.pk)


def test_it_is_led_by_the_escalation_manager(cast, escalation):
    assert (escalation.number, escalation.manager) == (101, cast.emil)
    assert "escalation_given" in {notice.kind for notice in unread(cast.emil)}


def test_the_account_team_and_the_lead_are_told(cast, escalation):
    told = {(one.person.name, one.role) for one in escalation.stakeholders.select_related("person")}
    assert told == {("Tomasz Zieliński", "csm"), ("Inés Ferrer", "lead"), ("Noor van Dijk", "informed")}


def test_the_first_word_is_due_at_once_in_the_customers_hours(cast, escalation):
    assert escalation.next_update_at == cast.now + timedelta(hours=1)


def test_a_critical_one_does_not_wait_for_the_morning(cast, ticket):
    cast.now = utc(21, 23)  # Saturday night
    escalation = actions.raise_one(ticket, reason="impact", severity="critical", by=cast.ada, now=cast.now)
    assert escalation.next_update_at == cast.now + timedelta(minutes=30)


def test_a_low_one_waits_for_monday(cast, ticket):
    cast.now = utc(20, 16)  # Friday afternoon
    escalation = actions.raise_one(
        ticket, reason="unheard", severity="low", urgency="low", by=cast.ada, now=cast.now
    )
    assert escalation.next_update_at == utc(23, 9)  # nine on her clock, in Las Palmas


def test_one_ticket_is_in_one_escalation(cast, escalation, ticket):
    with pytest.raises(ValidationError, match="E-101 already"):
        actions.raise_one(ticket, reason="impact", by=cast.ada, now=cast.now)


def test_an_update_goes_to_every_thread_and_sets_the_next(cast, escalation, ticket):
    other = cast.writes(cast.rui)
    actions.join(escalation, other, by=cast.ada, now=cast.now)
    cast.later(minutes=20)
    update = actions.send_update(
        escalation, process="Reproducido.", impact="38 envíos.", promises="Hoy.", by=cast.emil, now=cast.now
    )
    texts = Message.objects.filter(kind="reply").values_list("ticket", "text")
    assert {pk for pk, _text in texts} == {ticket.pk, other.pk}
    assert all("Reproducido." in text and "38 envíos." in text for _pk, text in texts)
    assert (update.kept, fresh(escalation).next_update_at) == (True, utc(23, 9))  # two days on: a Saturday


def test_a_late_update_is_written_down_and_told(cast, escalation):
    work_updates(cast.later(minutes=61))
    assert fresh(escalation).late_at == escalation.next_update_at
    assert "escalation_late" in {notice.kind for notice in unread(cast.emil)}
    update = actions.send_update(escalation, process="Perdone.", by=cast.emil, now=cast.now)
    assert (update.kept, queries.kept_rate()) == (False, (0, 1))


def test_a_late_update_cannot_be_moved_away(cast, escalation):
    work_updates(cast.later(minutes=61))
    with pytest.raises(ValidationError, match="would hide that"):
        actions.set_next_update(escalation, cast.now + timedelta(days=1), by=cast.emil, now=cast.now)


def test_a_waiver_has_a_reason_and_an_end(cast, escalation):
    with pytest.raises(ValidationError, match="Say why"):
        actions.waive(escalation, cast.now + timedelta(days=2), "", by=cast.emil, now=cast.now)
    actions.waive(escalation, cast.now + timedelta(days=2), "She asked for it.", by=cast.emil, now=cast.now)
    assert fresh(escalation).next_update_at is None
    work_updates(cast.later(days=3))
    assert fresh(escalation).next_update_at is not None


def test_the_database_itself_refuses_one_without_an_update_due(escalation):
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.filter(pk=escalation.pk).update(next_update_at=None)


def test_stages_are_earned_one_after_the_other(cast, escalation):
    with pytest.raises(ValidationError) as refused:
        actions.reach(escalation, Stage.INVESTIGATED, by=cast.emil, now=cast.now)
    assert len(refused.value.messages) == 3
    actions.send_update(escalation, process="Lo miro.", by=cast.emil, now=cast.now)
    actions.set_brief(
        escalation, understood="Customs refuse.", impact="412 parcels.", by=cast.emil, now=cast.now
    )
    actions.reach(escalation, Stage.INVESTIGATED, by=cast.emil, now=cast.now)
    with pytest.raises(ValidationError, match="accepted a fix or a workaround"):
        actions.reach(escalation, Stage.RESOLVED, by=cast.emil, now=cast.now)
    solution = actions.propose(escalation, "fix", "Llega con la 4.19.", by=cast.lin, now=cast.now)
    actions.sign_off(solution, by=cast.emil, now=cast.now)
    actions.accept(solution, customer=cast.carla, now=cast.now)
    assert fresh(escalation).stage == Stage.RESOLVED
    actions.reach(escalation, Stage.REVIEWED, by=cast.emil, now=cast.now)
    assert fresh(escalation).closed_at == cast.now


def test_who_does_not_lead_it_does_not_lead_it_on(cast, escalation):
    with pytest.raises(PermissionDenied):
        actions.de_escalate(escalation, "No reason", by=cast.ada, now=cast.now)


def test_a_manager_takes_over_and_it_is_recorded(cast, escalation):
    actions.take_over(escalation, by=cast.ines, now=cast.now)
    assert fresh(escalation).manager == cast.ines
    assert Event.objects.filter(verb="escalation.assigned", data__how="taken").exists()
    assert "escalation_taken" in {notice.kind for notice in unread(cast.emil)}


def test_de_escalating_needs_a_reason_and_frees_the_ticket(cast, escalation, ticket):
    actions.de_escalate(escalation, "A mistake of the carrier.", by=cast.emil, now=cast.now)
    assert queries.open_on([ticket.pk]) == {}
    again = actions.raise_one(ticket, reason="unheard", by=cast.ada, now=cast.later(days=1))
    assert again.number == 102


def test_worse_means_sooner(cast, escalation):
    actions.send_update(escalation, process="Lo miro.", by=cast.emil, now=cast.now)
    actions.set_levels(escalation, severity="critical", by=cast.emil, now=cast.now)
    assert fresh(escalation).next_update_at == cast.now + timedelta(days=1)


def test_somebody_without_a_part_in_it_does_not_see_it(cast, escalation):
    assert not queries.visible_to(cast.sofia).exists()
    actions.add_stakeholder(escalation, cast.sofia, "sponsor", by=cast.emil, now=cast.now)
    assert queries.by_number(cast.sofia, 101) == escalation


def test_who_was_told_confirms(cast, escalation):
    actions.confirm(escalation, by=cast.tomasz, now=cast.now)
    assert Stakeholder.objects.get(escalation=escalation, person=cast.tomasz).confirmed_at == cast.now


def test_the_customers_people_are_on_the_record(cast, escalation):
    actions.add_contact(escalation, cast.rui, "technical", by=cast.emil, now=cast.now)
    assert {(c.customer.name, c.role) for c in Contact.objects.all()} == {
        ("Carla Benítez", "requester"),
        ("Rui Cabrera", "technical"),
    }


def test_a_second_ticket_of_the_same_account_is_offered_to_join(cast, escalation):
    assert list(queries.joinable(cast.writes(cast.rui))) == [escalation]
    assert not queries.joinable(cast.writes(cast.mallory)).exists()


def test_a_merged_ticket_hands_its_escalation_on(cast, escalation, ticket):
    other = cast.writes(cast.carla, subject="Otra")
    tickets.merge(ticket, other, by=cast.ada, now=cast.now)
    assert queries.main_ticket(fresh(escalation)) == other


def test_somebody_absent_is_not_given_it(cast, ticket):
    assert cast.ines
    people.plan_absence(
        cast.emil, starts_at=cast.now, ends_at=cast.now + timedelta(days=9), by=None, now=cast.now
    )
    assert actions.raise_one(ticket, reason="impact", by=cast.ada, now=cast.now).manager == cast.ines


def test_decisions_are_kept_with_what_they_stood_on(cast, escalation):
    actions.decide(escalation, "Repair forward", "Jun's estimate", by=cast.ines, now=cast.now)
    assert [(d.what, d.basis, d.by) for d in escalation.decisions.all()] == [
        ("Repair forward", "Jun's estimate", cast.ines)
    ]
