"""The inbox: who stands where, and who sees what."""

import pytest

from ombud.spine.tickets import actions

pytestmark = pytest.mark.django_db


def test_the_front_leads_to_the_inbox(cast, client):
    cast.signed_in(client, cast.ada)
    assert client.get("/").headers["Location"] == "/inbox/"


def test_a_new_ticket_is_nobodys_and_stands_in_the_list(cast, client):
    cast.writes(cast.carla, subject="Etiquetas aduaneras rechazadas")
    page = cast.signed_in(client, cast.ada).get("/inbox/nobody/").content.decode()
    assert "Etiquetas aduaneras rechazadas" in page
    assert "Carla Benítez" in page


def test_a_ticket_shows_what_was_said(cast, client):
    ticket = cast.writes(cast.carla, text="412 paquetes.")
    actions.note(ticket, by=cast.lin, text="Reproduced.", now=cast.later(minutes=5))
    actions.reply(ticket, by=cast.ada, text="Lo miro ahora mismo.", now=cast.later(minutes=5))
    page = cast.signed_in(client, cast.ada).get(f"/tickets/{ticket.number}/").content.decode()
    assert page.index("412 paquetes.") < page.index("Reproduced.") < page.index("Lo miro ahora mismo.")
    assert "never sent to Acme Outdoor" in page
