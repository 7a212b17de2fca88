"""An update that did not leave is none: what was due is due again, and its words are a draft."""

import pytest
from django.core.exceptions import ValidationError

from ombud.foundation.events.models import Event
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Escalation, UpdateDraft
from ombud.spine.escalations.updates_due import work_updates
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Draft, Message


@pytest.fixture
def escalation(cast):
    assert cast.emil
    ticket = cast.writes(cast.carla)
    return actions.raise_one(ticket, reason="impact", severity="high", by=cast.ada, now=cast.now)


def fresh(escalation):
    return Escalation.objects.get(pk=escalation.pk)


def send(cast, escalation, **more):
    return actions.send_update(escalation, process="Lo miramos.", by=cast.emil, now=cast.now, **more)


def test_what_was_due_is_due_again(cast, escalation):
    due = escalation.next_update_at
    send(cast, escalation)
    assert fresh(escalation).next_update_at != due
    actions.take_back_update(escalation, by=cast.emil, now=cast.now)
    assert fresh(escalation).next_update_at == due
    assert not escalation.updates.exists()
    assert not Message.objects.filter(kind="reply").exists()
    assert UpdateDraft.objects.get().process == "Lo miramos."
    assert not Draft.objects.exists(), "its words stand in one place"


def test_a_late_one_is_late_again_and_told_once(cast, escalation):
    work_updates(cast.later(hours=2))
    send(cast, escalation)
    actions.take_back_update(escalation, by=cast.emil, now=cast.now)
    assert fresh(escalation).late_at == escalation.next_update_at
    work_updates(cast.later(minutes=1))
    assert Event.objects.filter(verb="escalation.update_late").count() == 1


def test_taking_back_the_reply_in_the_ticket_takes_back_the_update(cast, escalation):
    due = escalation.next_update_at
    update = send(cast, escalation)
    message = update.messages.select_related("ticket__case", "letter").get()
    tickets.take_back(message, by=cast.emil, now=cast.now)
    assert fresh(escalation).next_update_at == due
    assert not escalation.updates.exists()


def test_of_two_mails_one_that_stays_keeps_the_update(cast, escalation):
    actions.join(escalation, cast.writes(cast.rui), by=cast.ada, now=cast.now)
    update = send(cast, escalation)
    message = update.messages.select_related("ticket__case", "letter").first()
    tickets.take_back(message, by=cast.emil, now=cast.now)
    assert escalation.updates.exists()


def test_there_may_be_nothing_to_take_back(cast, escalation):
    with pytest.raises(ValidationError, match="no update"):
        actions.take_back_update(escalation, by=cast.emil, now=cast.now)


def test_other_contacts_of_the_account_get_it_in_copy(cast, escalation):
    actions.add_contact(escalation, cast.rui, "technical", by=cast.emil, now=cast.now)
    send(cast, escalation)
    assert Message.objects.get(kind="reply").cc == [["Rui Cabrera", "rui@acme-outdoor.example"]]


def test_contacts_of_another_account_never_do(cast, escalation):
    other = cast.writes(cast.chen)
    actions.join(escalation, other, by=cast.ada, now=cast.now)
    actions.part(escalation, other, by=cast.ada, now=cast.now)
    actions.add_contact(escalation, cast.mallory, "buyer", by=cast.emil, now=cast.now)
    send(cast, escalation)
    assert Message.objects.get(kind="reply").cc == []
