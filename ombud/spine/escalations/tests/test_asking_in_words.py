"""“I need this escalated”, understood in words: shown, or for chosen accounts done."""

import pytest

from ombud.foundation.events.tray import work_tray
from ombud.foundation.notifications.queries import unread
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Asking, Escalation, RaisedAtOnce
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.said import Said


def listen(cast):
    while work_tray(cast.now):
        pass


@pytest.mark.mission("M19")
@pytest.mark.parametrize(
    "words",
    [
        "Please escalate this to your manager.",
        "Quiero hablar con su superior.",
        "Je veux parler à votre responsable.",
        "我要找你们领导。",
    ],
)
def test_it_is_shown_to_who_has_the_ticket_with_the_words_that_caused_it(cast, words):
    assert cast.ines
    ticket = cast.writes(cast.carla, text=f"Hola.\n\n{words} Gracias.")
    listen(cast)
    asking = Asking.objects.get()
    assert (asking.ticket, asking.how, asking.quote) == (ticket, "words", words)
    assert "escalation_wanted" in {notice.kind for notice in unread(cast.ines)}
    assert not Escalation.objects.exists()


def test_for_a_chosen_account_the_word_is_enough(cast):
    assert cast.emil
    RaisedAtOnce.objects.create(account=cast.acme)
    ticket = cast.writes(cast.carla, text="Escalen este caso, por favor.")
    listen(cast)
    escalation = Escalation.objects.get()
    assert (escalation.customer, escalation.how, escalation.reason) == (cast.carla, "customer", "unheard")
    assert Asking.objects.get(ticket=ticket).outcome == "raised"


def test_a_later_word_adds_its_words_and_an_automatic_answer_asks_for_nothing(cast):
    ticket = cast.writes(cast.carla, text="Please escalate this.")
    listen(cast)
    for text, auto in (("I want to speak to your manager.", False), ("Escalate my ticket now.", True)):
        said = Said(text=text, from_address=cast.carla.email, happened_at=cast.later(hours=1), auto=auto)
        tickets.receive(ticket, said, customer=cast.carla, channel="email", now=cast.now)
    listen(cast)
    assert Asking.objects.get().quote == "Please escalate this.\n\nI want to speak to your manager."


def test_our_own_line_quoted_back_asks_for_nothing(cast):
    cast.writes(
        cast.carla, text="Gracias.\n\n> Not getting what you need? I need this escalated:\n> https://x"
    )
    listen(cast)
    assert not Asking.objects.exists()


def test_in_an_open_escalation_words_tell_who_leads_it_and_climb_nothing(cast):
    assert cast.emil
    ticket = cast.writes(cast.carla)
    actions.raise_one(ticket, reason="impact", by=cast.ada, now=cast.now)
    later, address = cast.later(hours=1), cast.carla.email
    said = Said(text="I want your manager now.", from_address=address, happened_at=later)
    tickets.receive(ticket, said, customer=cast.carla, channel="email", now=cast.now)
    listen(cast)
    assert Asking.objects.get().settled_at is None
    assert "escalation_asked" in {notice.kind for notice in unread(cast.emil)}
    assert not ticket.climbs.exists()
