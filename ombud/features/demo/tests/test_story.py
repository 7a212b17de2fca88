"""The story is told whole at any hour, by verbs, and can be taken away again."""

from datetime import UTC, datetime, timedelta

import pytest

from ombud.features.demo import clearing
from ombud.features.demo.telling import tell_story
from ombud.foundation.events.models import Delivery, Event
from ombud.foundation.people.models import Company, Customer
from ombud.foundation.post.models import Letter
from ombud.spine.sla.models import Promise, State
from ombud.spine.tickets import queries
from ombud.spine.tickets.models import Message, Ticket
from ombud.spine.tickets.search import search

TELL_AT = [datetime(2026, 11, 21, 20, 0, tzinfo=UTC), datetime(2027, 3, 29, 1, 30, tzinfo=UTC)]


@pytest.fixture(params=TELL_AT, ids=["a Saturday evening", "a Monday night after the clocks went forward"])
def told(db, request):
    tell_story(request.param)
    return request.param


def test_it_is_whole(told):
    # One test, since telling a month takes seconds.
    nothing_lies_in_the_future(told)
    it_speaks_four_languages()
    each_customer_who_wrote_by_mail_was_acknowledged_once()
    nothing_is_left_to_be_done_or_sent()
    everything_said_is_found()
    promises_stand_in_every_state(told)
    each_promise_was_broken_at_its_own_time()


def nothing_lies_in_the_future(told):
    assert not Message.objects.filter(happened_at__gt=told).exists()
    assert not Event.objects.filter(happened_at__gt=told + timedelta(minutes=1)).exists()
    for ticket in Ticket.objects.filter(merged_into=None):
        assert queries.thread(ticket).first().kind == Message.Kind.RECEIVED


def it_speaks_four_languages():
    assert set(Ticket.objects.values_list("language", flat=True)) == {"en", "es", "fr", "zh-hans"}


def each_customer_who_wrote_by_mail_was_acknowledged_once():
    mails = Ticket.objects.filter(channel="email")
    acknowledged = Message.objects.filter(kind=Message.Kind.ACKNOWLEDGEMENT, ticket__in=mails)
    assert acknowledged.count() == mails.count()


def nothing_is_left_to_be_done_or_sent():
    assert not Delivery.objects.exists()
    assert not Letter.objects.filter(state=Letter.State.WAITING).exists()


def everything_said_is_found():
    everything = Ticket.objects.filter(merged_into=None)
    for words in ("blank pages", "aduana", "réactifs", "清关"):
        assert search(everything, words), words


def promises_stand_in_every_state(told):
    assert set(Promise.objects.values_list("state", flat=True)) == set(State.values)
    owed = Promise.objects.owed()
    assert owed.filter(state=State.RUNNING, near_at__lte=told).exists()
    assert owed.filter(state=State.BROKEN).exists()


def each_promise_was_broken_at_its_own_time():
    told = Event.objects.filter(verb="promise.broken")
    assert told.count() == Promise.objects.filter(state=State.BROKEN).count()
    assert all(event.happened_at.isoformat() == event.data["due"] for event in told)


def test_a_demo_desk_can_be_emptied_and_told_anew(db):
    told = TELL_AT[0]
    tell_story(told)
    clearing.clear()
    assert not Company.ours()
    assert not Customer.objects.exists()
    tell_story(told)
    assert Ticket.objects.order_by("number").first().number == 1001


def test_a_desk_of_ones_own_is_never_emptied(cast):
    ticket = cast.writes(cast.carla)
    with pytest.raises(clearing.NotADemo):
        clearing.clear()
    assert Ticket.objects.get() == ticket
