"""Who names a time in a reply is offered a clock for it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ombud.foundation.events.models import Event
from ombud.foundation.events.tray import work_tray
from ombud.spine.sla import actions
from ombud.spine.sla.models import Kind, Offer
from ombud.spine.sla.shown import open_offers
from ombud.spine.tickets import actions as tickets


@pytest.fixture
def ticket(cast, gold):
    return cast.writes(cast.carla)


def replies(cast, ticket, text, by=None):
    message = tickets.reply(ticket, by=by or cast.ada, text=text, now=cast.now)
    while work_tray(cast.now):
        pass
    return message


@pytest.fixture
def offer(cast, ticket):
    replies(cast, ticket, "Lo siento mucho. Le llamo mañana a las 10:00.")
    return Offer.objects.get()


def test_a_time_in_a_reply_is_offered_on_the_customers_clock(cast, ticket, offer):
    # Friday 10:00 in Las Palmas is 10:00 UTC in winter, and 11:00 in Amsterdam.
    assert offer.due_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert (offer.quote, offer.by, offer.ours) == ("Le llamo mañana a las 10:00.", cast.ada, False)
    assert open_offers(ticket.pk, cast.ada, cast.now) == [offer]


def test_nobody_else_is_asked(cast, ticket, offer):
    assert open_offers(ticket.pk, cast.ines, cast.now) == []
    with pytest.raises(PermissionDenied):
        actions.accept_offer(offer, by=cast.ines, now=cast.now)


def test_without_a_known_zone_it_is_the_writers(cast, gold):
    cast.carla.time_zone = ""
    cast.carla.save()
    replies(cast, cast.writes(cast.carla), "Le llamo mañana a las 10:00.")
    assert Offer.objects.get().due_at == datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_taken_it_is_a_promise_with_a_clock(cast, ticket, offer):
    promise = actions.accept_offer(offer, by=cast.ada, now=cast.now)
    assert (promise.kind, promise.due_at, promise.words) == (Kind.WORD, offer.due_at, offer.quote)
    ticket.refresh_from_db()
    assert open_offers(ticket.pk, cast.ada, cast.now) == []


def test_taken_twice_it_is_one_promise(cast, offer):
    first = actions.accept_offer(offer, by=cast.ada, now=cast.now)
    assert actions.accept_offer(offer, by=cast.ada, now=cast.now) == first


def test_another_time_may_be_said(cast, offer):
    due = offer.due_at + timedelta(hours=2)
    assert actions.accept_offer(offer, by=cast.ada, now=cast.now, due_at=due).due_at == due
    assert Offer.objects.get().promise.due_at == due


def test_a_time_that_is_past_is_refused_and_the_offer_stays(cast, ticket, offer):
    with pytest.raises(ValidationError):
        actions.accept_offer(offer, by=cast.ada, now=cast.now, due_at=cast.now - timedelta(minutes=1))
    assert open_offers(ticket.pk, cast.ada, cast.now) == [offer]


def test_declined_it_is_gone(cast, ticket, offer):
    actions.decline_offer(offer, by=cast.ada, now=cast.now)
    assert open_offers(ticket.pk, cast.ada, cast.now) == []


def test_when_its_time_has_come_it_is_gone(cast, ticket, offer):
    assert open_offers(ticket.pk, cast.ada, offer.due_at) == []


def test_a_reply_that_is_taken_back_promised_nothing(cast, ticket):
    message = replies(cast, ticket, "Le llamo mañana a las 10:00.")
    tickets.take_back(message, by=cast.ada, now=cast.now)
    while work_tray(cast.now):
        pass
    assert open_offers(ticket.pk, cast.ada, cast.now) == []


def test_a_machine_and_a_note_promise_nothing(cast, ticket):
    tickets.reply(ticket, by=None, text="I will call you tomorrow at 10.", now=cast.now)
    tickets.note(ticket, by=cast.ada, text="I will call you tomorrow at 10.", now=cast.now)
    while work_tray(cast.now):
        pass
    assert not Offer.objects.exists()


def test_the_log_carries_no_words(cast, ticket, offer):
    (event,) = Event.objects.filter(verb="promise.offered")
    assert event.data == {"ticket": ticket.pk, "message": offer.message_id}


def test_a_follower_that_runs_twice_offers_once(cast, ticket, offer):
    actions.offers.offer_clocks(offer.message, now=cast.now)
    assert Offer.objects.count() == 1
    assert Event.objects.filter(verb="promise.offered").count() == 1
