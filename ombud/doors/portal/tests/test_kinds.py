"""A form with fields by type: asked at the customers' door, read beside the ticket."""

import pytest
from django.test import Client

from ombud.features.request_forms.actions import keep_kind
from ombud.features.request_forms.models import Answers
from ombud.foundation.people import actions as people
from ombud.spine.tickets.models import Ticket

QUESTIONS = [
    {
        "ask": "text",
        "required": True,
        "labels": {"en": "Order number", "es": "Número de pedido"},
        "choices": [],
    },
    {
        "ask": "choice",
        "required": False,
        "labels": {"en": "Printer", "es": "Impresora"},
        "choices": [{"en": "Label", "es": "De etiquetas"}, {"en": "Office"}],
    },
    {"ask": "number", "required": False, "labels": {"en": "How many?"}, "choices": []},
    {"ask": "date", "required": False, "labels": {"en": "Since when?"}, "choices": []},
    {"ask": "checkbox", "required": False, "labels": {"en": "Did it work before?"}, "choices": []},
    {"ask": "long", "required": False, "labels": {"en": "What did you try?"}, "choices": []},
]
ABOUT = {"subject": "No imprime", "text": "Desde ayer.", "key": "k"}


@pytest.fixture
def kind(here):
    return keep_kind(
        names={"en": "Printing", "es": "Impresión"}, questions=QUESTIONS, by=here.greta, now=here.now
    )


def filled(kind):
    order, printer, many, since, worked, _tried = (f"ask-{one['key']}" for one in kind.questions)
    return {**ABOUT, order: "P-4711", printer: "0", many: "38", since: "2026-11-18", worked: "on"}


@pytest.mark.mission("M1")
def test_answers_stand_in_the_message_and_beside_the_ticket(here, enter, kind, client):
    browser = enter(here.carla)
    assert "Número de pedido" in browser.get(f"/my/new?kind={kind.pk}").content.decode()
    page = browser.post(f"/my/new?kind={kind.pk}", filled(kind), follow=True).content.decode()
    assert "Número de pedido: P-4711" in page
    assert "Impresora: De etiquetas" in Ticket.objects.get().messages.get().text
    here.signed_in(client, here.ada)
    beside = client.get(f"/tickets/{Ticket.objects.get().number}/").content.decode()
    for words in (
        "Printing",
        "Order number",
        "P-4711",
        "Printer",
        "Label",
        "38",
        "18 November 2026",
    ):
        assert words in beside
    assert "What did you try?" not in beside


def test_what_must_be_answered_is_asked_for_and_nothing_is_lost(here, enter, kind):
    answer = enter(here.carla).post(f"/my/new?kind={kind.pk}", ABOUT)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('class="wrong"') == 1
    assert "Desde ayer." in page


def test_a_stranger_fills_it_in_too(here, kind):
    form = {**filled(kind), "name": "Carla", "email": here.carla.email}
    Client().post(f"/contact/?kind={kind.pk}", form)
    assert Answers.objects.get().values[kind.questions[0]["key"]] == "P-4711"


def test_what_was_asked_then_can_be_read_after_the_form_changed(here, enter, kind, client):
    enter(here.carla).post(f"/my/new?kind={kind.pk}", filled(kind))
    keep_kind(kind=kind, questions=kind.questions[1:], by=here.greta, now=here.now)
    here.signed_in(client, here.ada)
    assert "P-4711" in client.get(f"/tickets/{Ticket.objects.get().number}/").content.decode()


def test_a_form_that_is_out_of_use_is_not_offered(here, enter, kind):
    people.change_customer(here.carla, by=None, now=here.now, language="en")
    browser = enter(here.carla)
    assert "Printing" in browser.get("/my/new").content.decode()
    keep_kind(kind=kind, archived_at=here.now, by=here.greta, now=here.now)
    assert "Printing" not in browser.get(f"/my/new?kind={kind.pk}").content.decode()
