"""What comes in."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ombud.spine.tickets import actions, queries
from ombud.spine.tickets.models import Message, Status, Ticket
from ombud.spine.tickets.said import Enclosed, Said


def test_tickets_are_numbered_from_1001_on(cast):
    first, second = cast.writes(cast.carla), cast.writes(cast.chen)
    assert first.number >= 1001
    assert second.number == first.number + 1


def test_a_new_ticket_waits_for_us_since_the_customer_wrote(cast):
    ticket = cast.writes(cast.carla)
    assert (ticket.status, ticket.waiting_since) == (Status.NEW, cast.now)


def test_it_belongs_to_the_customers_account(cast):
    assert cast.writes(cast.carla).account == cast.acme


def test_nothing_said_is_no_ticket(cast):
    with pytest.raises(ValidationError):
        actions.open_ticket(Said(), customer=cast.carla, channel="email", now=cast.now)


def test_the_customers_second_word_reopens_what_was_resolved(cast):
    ticket = cast.writes(cast.carla)
    actions.set_status(ticket, "resolved", by=cast.ada, now=cast.later(minutes=5))
    actions.receive(
        ticket, Said(text="Todavía no."), customer=cast.carla, channel="email", now=cast.later(hours=1)
    )
    ticket.refresh_from_db()
    assert (ticket.status, ticket.resolved_at, ticket.waiting_since) == (Status.OPEN, None, cast.now)


def test_an_automatic_answer_reopens_nothing(cast):
    ticket = cast.writes(cast.carla)
    actions.reply(ticket, by=cast.ada, text="Lo miramos.", now=cast.later(minutes=5))
    said = Said(text="Estoy fuera de la oficina.", auto=True)
    actions.receive(ticket, said, customer=cast.carla, channel="email", now=cast.later(minutes=1))
    ticket.refresh_from_db()
    assert (ticket.status, ticket.waiting_since) == (Status.WAITING, None)


def test_a_complaint_logged_by_sales_says_who_heard_it_and_where(cast):
    ticket = actions.open_ticket(
        Said(text="They are furious about the labels.", subject="Labels"),
        customer=cast.carla,
        channel="phone",
        now=cast.now,
        by=cast.tomasz,
        heard_by=cast.tomasz,
        heard_where="Trade fair, Madrid",
    )
    assert (ticket.heard_by, ticket.heard_where) == (cast.tomasz, "Trade fair, Madrid")
    assert queries.visible_to(cast.tomasz).get() == ticket


def test_attachments_come_along(cast):
    said = Said(text="Adjunto.", attachments=[Enclosed("rechazos.csv", "text/csv", 3, "0" * 64)])
    ticket = actions.open_ticket(said, customer=cast.carla, channel="email", now=cast.now)
    message = queries.thread(ticket).get()
    assert message.has_attachments
    assert message.attachments.get().name == "rechazos.csv"


def test_a_third_partys_answer_is_inside(cast):
    ticket = cast.writes(cast.carla)
    actions.receive_inside(ticket, Said(text="Customs says no."), channel="email", now=cast.later(minutes=1))
    assert list(queries.customer_sees(ticket).values_list("kind", flat=True)) == [Message.Kind.RECEIVED]


def test_someone_who_left_can_log_nothing(cast):
    cast.ada.is_active = False
    with pytest.raises(PermissionDenied):
        actions.open_ticket(Said(text="x"), customer=cast.carla, channel="phone", now=cast.now, by=cast.ada)
    assert not Ticket.objects.exists()
