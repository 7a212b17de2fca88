"""What every channel must keep, ours and a stranger's."""

from importlib.metadata import EntryPoint

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ombud.features.channels import actions, queries
from ombud.features.channels.arrival import channel as registry
from ombud.features.channels.arrival.arrived import Arrived, Unreadable
from ombud.features.channels.arrival.channel import OURS, Channel, channels
from ombud.features.channels.models import Incoming
from ombud.foundation.people import actions as people
from ombud.spine.tickets.models import Message
from ombud.spine.tickets.said import Said

pytestmark = pytest.mark.django_db


def read_pigeon(raw, incoming):
    sender, sep, text = raw.decode("utf-8", "replace").partition(": ")
    if not sep:
        raise Unreadable("The pigeon carried nothing.")
    said = Said(
        text=text, subject=text[:40], from_address=sender, message_id=f"<{incoming.pk}@pigeon.example>"
    )
    return Arrived(said=said)


PIGEON = Channel("pigeon", "Pigeon", read_pigeon, b"carla@acme.example: It rings.")


@pytest.fixture
def every_channel(monkeypatch):
    """Ours, and one that a stranger's package brings; another of theirs is broken."""
    theirs = [
        EntryPoint("pigeon", f"{__name__}:PIGEON", "ombud.channels"),
        EntryPoint("broken", "nothing.like:this", "ombud.channels"),
    ]
    monkeypatch.setattr(registry, "entry_points", lambda group: theirs)
    channels.cache_clear()
    yield channels()
    channels.cache_clear()


NAMES = [*(entry.name for entry in OURS), "pigeon"]
each = pytest.mark.parametrize("name", NAMES)


def bring(post, name, raw, **more):
    return post.brings(raw, channel=name, source="test", envelope_from="", envelope_to=[], **more)


def test_a_broken_package_takes_no_channel_away(every_channel):
    assert list(every_channel) == NAMES


@each
def test_what_comes_in_is_stored_as_it_came_and_becomes_a_ticket(every_channel, post, name):
    channel = every_channel[name]
    row = bring(post, name, channel.sample)
    assert row.content() == channel.sample
    assert (row.state, row.error) == ("done", "")
    assert row.message.ticket.channel == name
    assert row.message.text.endswith("It rings.") or "It rings" in row.message.text
    assert queries.original_of(row.message) == row


@each
def test_with_a_key_it_is_taken_once(every_channel, post, name):
    first = bring(post, name, every_channel[name].sample, key=f"{name}:1")
    second = bring(post, name, every_channel[name].sample, key=f"{name}:1")
    assert first == second
    assert Message.objects.count() == 1


@each
@pytest.mark.parametrize("raw", [b"", b"\x00\xff\xfe", b"{}", b"[1]", b'{"text": 1}', b"\n\n\n"])
def test_nonsense_is_put_aside_with_its_reason_and_stops_nobody(every_channel, post, name, raw):
    post.keeps(raw, channel=name, source="test", envelope_from="", envelope_to=[])
    row = bring(post, name, every_channel[name].sample)
    assert row.state == "done"
    odd = Incoming.objects.exclude(pk=row.pk).get()
    assert odd.state in ("aside", "waiting")
    assert odd.error


@each
def test_a_blocked_sender_is_blocked_everywhere(every_channel, post, cast, name):
    address = "carla@acme.example"
    people.block(people.meet(email=address, name="Carla", now=cast.now), by=cast.ada, now=cast.now)
    row = bring(post, name, every_channel[name].sample)
    assert row.reason == ("" if name == "phone" else "blocked")


@each
def test_an_administrator_closes_and_opens_it(every_channel, cast, name):
    with pytest.raises(PermissionDenied):
        actions.switch(name, False, by=cast.ada, now=cast.now)
    actions.switch(name, False, by=cast.greta, now=cast.now)
    assert not queries.is_open(name)
    actions.switch(name, True, by=cast.greta, now=cast.now)
    assert queries.is_open(name)


def test_there_is_no_such_channel(cast):
    with pytest.raises(ValidationError):
        actions.switch("carrier snail", False, by=cast.greta, now=cast.now)
