"""Logging what somebody heard, and writing first."""

import pytest

from ombud.foundation.post.models import Letter
from ombud.spine.tickets.models import Ticket

pytestmark = pytest.mark.django_db
HEARD = {
    "subject": "Pickup never came",
    "words": "Third time this month.",
    "channel": "phone",
    "heard_where": "Trade fair in Lyon",
    "severity": "high",
    "urgency": "high",
}


@pytest.mark.mission("M3")
def test_anyone_logs_a_complaint_with_who_heard_it_and_where(cast, desk):
    sofia = desk(cast.sofia)
    answer = sofia.post("/log/", **HEARD, heard_by=cast.sofia.pk, customer=cast.carla.pk)
    page = sofia.get(answer.headers["Location"])
    assert "Third time this month." in page
    assert "Sofia Marchetti · Trade fair in Lyon" in page
    assert "P2" in page


@pytest.mark.mission("M3")
def test_a_complaint_of_somebody_new_makes_the_customer(cast, desk):
    answer = desk(cast.tomasz).post(
        "/log/", **HEARD, heard_by=cast.ada.pk, name="Oluwaseun Adeyemi", phone="+234 1"
    )
    ticket = Ticket.objects.get()
    assert (ticket.customer.name, ticket.channel, ticket.heard_by) == ("Oluwaseun Adeyemi", "phone", cast.ada)
    assert answer.headers["Location"] == f"/tickets/{ticket.number}/"


def test_a_complaint_of_nobody_is_asked_again(cast, desk):
    page = desk(cast.ada).post("/log/", expect=422, **HEARD, heard_by=cast.ada.pk).content.decode()
    assert "Say who it is" in page and "Third time this month." in page


def test_a_logged_reply_without_an_address_is_written_down(cast, desk):
    ada = desk(cast.ada)
    ada.post("/log/", **HEARD, heard_by=cast.ada.pk, name="Oluwaseun Adeyemi")
    ticket = Ticket.objects.get()
    said = ada.ask(f"/tickets/{ticket.number}/reply/send/", words="Called back.")
    assert "nothing was sent" in said["words"]
    assert not Letter.objects.exists()


def test_writing_first_opens_a_ticket_that_waits_for_the_customer(cast, desk):
    ada = desk(cast.ada)
    answer = ada.post(
        "/new/",
        customer=cast.carla.pk,
        subject="Fix is out",
        words="Hola Carla, ya está.",
        mailbox=cast.mailbox.pk,
    )
    page = ada.get(answer.headers["Location"])
    assert "Hola Carla, ya está." in page and "Waiting for customer" in page
    letter = Letter.objects.get()
    assert (letter.subject, letter.to) == ("Fix is out", [["Carla Benítez", "carla@acme-outdoor.example"]])


def test_writing_first_needs_the_right_to_answer(cast, desk):
    desk(cast.tomasz).get("/new/", expect=403)
