"""The log says by which token a machine acted."""

import pytest
from django.urls import reverse

from ombud.foundation.events.models import Event
from ombud.foundation.people.models import Token
from ombud.spine.tickets import actions as tickets

pytestmark = pytest.mark.django_db
OPEN = {"subject": "Help", "text": "It rings.", "customer": {"email": "carla@acme-outdoor.example"}}


@pytest.fixture
def busy(cast, machine_of):
    """Two machines, one of its own and one of Ada's, that do everything a machine can."""
    for machine in (machine_of(), machine_of(cast.ada)):
        number = machine.post("/tickets", OPEN).json()["number"]
        machine.post(f"/tickets/{number}/replies", {"text": "We look."})
        machine.post(f"/tickets/{number}/notes", {"text": "It rings again."})
        machine.patch(
            f"/tickets/{number}",
            {"subject": "It rings", "severity": "high", "tags": ["phone"], "status": "resolved"},
        )
    Token.objects.filter(person=None).update(name="billing sync")
    Token.objects.filter(person=cast.ada).update(name="status page")
    return cast


def test_everything_that_a_machine_does_carries_its_token(busy):
    done = Event.objects.filter(case__ticket__isnull=False)
    assert done.count() >= 14
    assert not done.filter(token=None).exists()
    of_ada = done.filter(actor=busy.ada)
    assert {event.token.name for event in of_ada.select_related("token")} == {"status page"}


@pytest.mark.mission("M108")
def test_the_log_names_the_token(busy, client):
    busy.signed_in(client, busy.greta)
    page = client.get(reverse("office:log")).content.decode()
    assert "API token “billing sync”" in page, "itself"
    assert "by API token “status page”" in page, "for Ada"
    token = Token.objects.get(name="billing sync")
    only = client.get(reverse("office:log"), {"person": f"token-{token.pk}"}).content.decode()
    assert "by API token “status page”" not in only
    assert f"person=token-{token.pk}" in client.get(reverse("office:tokens")).content.decode()


@pytest.mark.mission("M108")
def test_a_conversation_names_it_beside_what_was_done(busy, client):
    busy.signed_in(client, busy.greta)

    def done_by(name):
        number = Event.objects.filter(token__name=name, verb="ticket.tagged").get().case.ticket.number
        page = client.get(f"/tickets/{number}/", follow=True).content.decode()
        return next(line for line in page.split('class="machine"') if "<strong>phone</strong>" in line)

    assert "<strong>API token “billing sync”</strong>" in done_by("billing sync"), "itself"
    of_ada = done_by("status page")
    assert "<strong>Ada Lindqvist</strong>" in of_ada
    assert "· API token “status page”" in of_ada


def test_the_history_of_a_ticket_names_it_to_machines(busy, machine):
    number = (
        Event.objects.filter(token__name="status page", case__ticket__isnull=False).first().case.ticket.number
    )
    told = machine.get(f"/tickets/{number}/events").json()["items"]
    assert {event["token"] for event in told} == {"status page"}


def test_what_people_do_afterwards_in_the_same_process_carries_none(busy):
    ticket = busy.writes(busy.carla)
    tickets.set_status(ticket, "resolved", by=busy.ada, now=busy.now)
    assert not Event.objects.filter(case=ticket.case, token__isnull=False).exists()


def test_a_visit_that_is_refused_leaves_no_token_behind(cast, machine, stranger):
    machine.patch("/tickets/1", {"status": "resolved"})
    assert stranger.get("/tickets").status_code == 401
    ticket = cast.writes(cast.carla)
    assert not Event.objects.filter(case=ticket.case, token__isnull=False).exists()
