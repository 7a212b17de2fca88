"""The web form, and what one of ours writes down."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from ombud.features.channels import actions
from ombud.features.channels.models import Incoming
from ombud.features.channels.phone.log_call import log_call
from ombud.features.channels.web_form import accept as web_form
from ombud.features.channels.web_form.accept import accept
from ombud.foundation.people import actions as people
from ombud.lib import files
from ombud.spine.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(cast):
    cache.clear()

    def send(**changed):
        fields = {"name": "Carla Benítez", "email": "carla@acme-outdoor.example", "subject": "Etiquetas"}
        return accept(**(fields | {"text": "¿Dónde está mi paquete?", "now": cast.now} | changed))

    return send


def test_a_form_becomes_a_ticket_with_its_files(form, cast):
    ticket = form(attachments=[("scan.pdf", "application/pdf", b"%PDF-1")], key="k")
    message = ticket.first_message if hasattr(ticket, "first_message") else ticket.messages.get()
    assert (ticket.channel, ticket.mailbox, message.text) == (
        "web_form",
        cast.mailbox,
        "¿Dónde está mi paquete?",
    )
    assert files.read(message.attachments.get().sha256) == b"%PDF-1"


def test_pressing_the_button_twice_opens_one_ticket(form):
    assert form(key="k") == form(key="k")
    assert Ticket.objects.count() == 1
    assert form(key="another") != form(key="k")


def test_what_is_missing_is_said_field_by_field(form):
    with pytest.raises(ValidationError) as wrong:
        form(email="carla", subject=" ", text="")
    assert set(wrong.value.message_dict) == {"email", "subject", "text"}
    assert not Incoming.objects.exists()


def test_a_machine_in_the_trap_is_thanked_and_opens_nothing(form):
    assert form(trap="http://pills.example") is None
    assert Incoming.objects.get().reason == "trap"


def test_a_network_that_sends_very_many_is_stopped_for_a_while(form, monkeypatch):
    monkeypatch.setattr(web_form, "EACH_HOST", 2)
    for number in range(2):
        form(remote="198.51.100.7", text=f"Number {number}")
    with pytest.raises(ValidationError):
        form(remote="198.51.100.7")
    assert form(remote="198.51.100.8", text="Another house") is not None


def test_a_closed_form_says_so(form, cast):
    actions.switch("web_form", False, by=cast.greta, now=cast.now)
    with pytest.raises(ValidationError):
        form()


def test_what_was_heard_becomes_a_ticket_with_who_heard_it_and_where(cast):
    ticket = log_call(
        by=cast.tomasz,
        now=cast.now,
        customer=cast.carla,
        text="She is thinking of leaving us.",
        where="At the fair in Las Palmas",
        happened_at=cast.now - timedelta(hours=3),
        severity="high",
        tags=["churn"],
    )
    assert (ticket.channel, ticket.heard_by, ticket.heard_where) == (
        "phone",
        cast.tomasz,
        "At the fair in Las Palmas",
    )
    assert (ticket.customer, ticket.account, ticket.severity) == (cast.carla, cast.acme, "high")
    assert ticket.waiting_since == cast.now - timedelta(hours=3)
    assert [tag.name for tag in ticket.tags.all()] == ["churn"]
    assert ticket.subject == "She is thinking of leaving us."


def test_a_caller_is_known_by_the_number_however_it_is_written(cast):
    people.change_customer(cast.carla, by=None, now=cast.now, phone="+34 928 555-010")
    ticket = log_call(by=cast.ada, now=cast.now, phone="+34928555010", text="The label again.")
    assert ticket.customer == cast.carla


def test_an_unknown_caller_is_entered_with_what_is_known(cast):
    ticket = log_call(
        by=cast.ada, now=cast.now, name="Pat", phone="+49 30 1", text="Who are you?", account=cast.acme
    )
    assert (ticket.customer.name, ticket.customer.phone, ticket.account) == ("Pat", "+49 30 1", cast.acme)


def test_a_call_of_nobody_about_nothing_is_not_logged(cast):
    with pytest.raises(ValidationError) as wrong:
        log_call(by=cast.ada, now=cast.now, text="")
    assert set(wrong.value.message_dict) == {"name", "text"}


def test_a_blocked_customer_may_still_be_written_down(cast):
    people.block(cast.carla, by=cast.ada, now=cast.now)
    assert log_call(by=cast.ada, now=cast.now, customer=cast.carla, text="She called.").customer == cast.carla
