"""A customer asks for an escalation: it stands on the ticket until somebody escalates it or says why not."""

import pytest

from ombud.foundation.events.models import Event
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Asking


@pytest.fixture
def asked(cast):
    """Carla asks for an escalation, in her words."""
    assert cast.emil and cast.ines
    ticket = cast.writes(cast.carla)
    actions.ask(ticket, customer=cast.carla, how="room", quote="Nadie me llama.", now=cast.now)
    return ticket


def href(ticket):
    return f"/tickets/{ticket.number}/"


@pytest.mark.mission("M19")
def test_who_has_the_ticket_reads_that_they_ask_and_escalates_with_their_reason(cast, desk, asked):
    page = desk(cast.ada).get(href(asked))
    assert "Carla Benítez asks for an escalation" in page
    assert "Nadie me llama." in page
    assert "The customer asked for an escalation" in page
    form = desk(cast.ada).get(f"/escalations/raise/{asked.number}/")
    assert "Carla Benítez asks for it" in form
    assert '<option value="unheard" selected>' in form
    actions.raise_one(asked, reason="unheard", by=cast.ada, now=cast.now)
    page = desk(cast.ada).get(href(asked))
    assert "asks for an escalation" not in page.partition('id="ticket-head"')[2].partition("</header>")[0]
    assert "Escalated to Emil Okafor" in page


def test_not_this_time_is_on_record(cast, desk, asked):
    asking = Asking.objects.get()
    desk(cast.ada).post(f"{href(asked)}askings/{asking.pk}/dismiss/")
    page = desk(cast.ada).get(href(asked))
    assert "asks for an escalation" not in page
    assert "said: no escalation this time" in page
    asking.refresh_from_db()
    assert asking.settled_by == cast.ada
    assert Event.objects.filter(verb="escalation.asking_settled", actor=cast.ada).exists()


def test_of_another_ticket_nobody_asked_here(cast, desk, asked):
    other = cast.writes(cast.rui)
    desk(cast.ada).post(f"{href(other)}askings/{Asking.objects.get().pk}/dismiss/", expect=404)


def test_one_line_says_to_whom_it_is_escalated_and_that_nobody_has_it(cast, desk):
    assert cast.emil and cast.ines
    ticket = cast.writes(cast.carla)
    actions.raise_one(ticket, reason="impact", by=cast.ada, now=cast.now)
    ladder = ticket.climbs.open().first()
    page = desk(cast.ada).get(href(ticket))
    assert page.count("ladder-banner") == 1
    assert "Escalated to Emil Okafor" in page
    assert ladder is None or "Nobody has it yet" in page
