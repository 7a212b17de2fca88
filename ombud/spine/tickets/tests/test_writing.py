"""What we say."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ombud.foundation.events.models import Event
from ombud.foundation.notifications.queries import unread
from ombud.foundation.post import events as post
from ombud.foundation.post.models import Letter
from ombud.spine.tickets import actions, queries
from ombud.spine.tickets.models import Draft, Message, Status
from ombud.spine.tickets.numbers import number_from, token_of
from ombud.spine.tickets.said import Said


@pytest.fixture
def ticket(cast):
    return cast.writes(cast.carla)


def test_a_reply_waits_ten_seconds_before_it_leaves(cast, ticket):
    message = actions.reply(ticket, by=cast.ada, text="Lo miramos hoy.", now=cast.now)
    assert message.letter.due_at == cast.now + timedelta(seconds=10)
    assert message.letter.to == [["Carla Benítez", "carla@acme-outdoor.example"]]


def test_a_reply_hands_the_ball_to_the_customer(cast, ticket):
    actions.reply(ticket, by=cast.ada, text="Lo miramos hoy.", now=cast.later(minutes=3))
    ticket.refresh_from_db()
    assert (ticket.status, ticket.waiting_since, ticket.assignee) == (Status.WAITING, None, cast.ada)


def test_a_reply_threads_under_what_the_customer_wrote(cast):
    said = Said(text="Hola", subject="Etiquetas", message_id="<one@acme>", from_address=cast.carla.email)
    ticket = actions.open_ticket(
        said, customer=cast.carla, channel="email", mailbox=cast.mailbox, now=cast.now
    )
    letter = actions.reply(ticket, by=cast.ada, text="Hola, Carla.", now=cast.now).letter
    assert (letter.in_reply_to, letter.subject) == ("<one@acme>", "Re: Etiquetas")
    assert number_from(letter.message_id) == ticket.number


def test_a_reply_keeps_those_in_cc_and_leaves_our_own_address_out(cast):
    said = Said(
        text="Hola",
        subject="Etiquetas",
        from_address=cast.carla.email,
        to=[["", "support@desk.test"]],
        cc=[["Rui Cabrera", "rui@acme-outdoor.example"], ["", "support+t1.x@desk.test"]],
    )
    ticket = actions.open_ticket(
        said, customer=cast.carla, channel="email", mailbox=cast.mailbox, now=cast.now
    )
    message = actions.reply(ticket, by=cast.ada, text="Hola.", now=cast.now)
    assert message.cc == [["Rui Cabrera", "rui@acme-outdoor.example"]]


def test_an_empty_reply_is_refused(cast, ticket):
    with pytest.raises(ValidationError):
        actions.reply(ticket, by=cast.ada, text="  ", now=cast.now)


def test_a_sponsor_cannot_answer_a_customer(cast, ticket):
    with pytest.raises(PermissionDenied):
        actions.reply(ticket, by=cast.sofia, text="Hello", now=cast.now)


def test_taking_back_in_time_makes_it_a_draft_again(cast, ticket):
    message = actions.reply(ticket, by=cast.ada, text="Demasiado pronto.", now=cast.later(minutes=1))
    draft = actions.take_back(message, by=cast.ada, now=cast.later(seconds=5))
    ticket.refresh_from_db()
    assert "Demasiado pronto." in draft.html
    assert list(queries.thread(ticket).values_list("kind", flat=True)) == [Message.Kind.RECEIVED]
    assert (ticket.status, ticket.waiting_since) == (Status.OPEN, ticket.created_at)


def test_what_has_left_cannot_be_taken_back(cast, ticket):
    message = actions.reply(ticket, by=cast.ada, text="Hecho.", now=cast.now)
    Letter.objects.lease(cast.later(seconds=11), until=cast.now + timedelta(minutes=10))
    Letter.objects.update(state=Letter.State.SENT, due_at=None)
    with pytest.raises(actions.TooLate):
        actions.take_back(message, by=cast.ada, now=cast.later(seconds=5))
    message.refresh_from_db()
    assert message.letter is not None


def test_a_dead_letter_is_shown_and_its_writer_is_told(cast, ticket):
    message = actions.reply(ticket, by=cast.ada, text="Hecho.", now=cast.now)
    post.LETTER_FAILED.record(
        case=ticket.case, now=cast.later(hours=1), letter=message.letter_id, permanent=True
    )
    message.refresh_from_db()
    ticket.refresh_from_db()
    assert (message.delivery, ticket.status) == (Message.Delivery.FAILED, Status.OPEN)
    assert [notice.kind for notice in unread(cast.ada)] == ["failed"]


def test_a_mention_tells_the_colleague_once(cast, ticket):
    actions.note(ticket, by=cast.ada, text="@林晓雯 look?", mentions=[cast.lin], now=cast.now)
    assert [notice.kind for notice in unread(cast.lin)] == ["mentioned"]


def test_no_customer_sees_a_note(cast, ticket):
    actions.note(ticket, by=cast.ada, text="They threatened to cancel.", now=cast.now)
    assert all("cancel" not in message.text for message in queries.customer_sees(ticket))


def test_the_log_carries_no_words(cast, ticket):
    actions.note(ticket, by=cast.ada, text="They threatened to cancel.", now=cast.now)
    assert not any("cancel" in str(data) for data in Event.objects.values_list("data", flat=True))


def test_the_token_of_one_ticket_opens_no_other(cast, ticket):
    other = cast.writes(cast.chen)
    forged = token_of(ticket).replace(str(ticket.number), str(other.number))
    assert number_from(f"support+{forged}@desk.test") is None


def test_a_draft_survives_a_change_of_owner_and_a_merge(cast, ticket):
    actions.save_draft(ticket, by=cast.ada, kind="reply", html="<p>Medio escrito</p>", now=cast.now)
    actions.assign(ticket, cast.lin, by=cast.ines, now=cast.now)
    survivor = cast.writes(cast.carla)
    actions.merge(ticket, survivor, by=cast.ada, now=cast.now)
    assert Draft.objects.get(ticket=survivor).html == "<p>Medio escrito</p>"
