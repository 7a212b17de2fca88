"""The same message twice is one message."""

import pytest

from ombud.features.channels.models import Incoming
from ombud.spine.tickets.models import Message

from .letters import mail

pytestmark = pytest.mark.django_db
MALLORY = "Mallory <mallory@elsewhere.example>"


def test_two_copies_by_two_ways_are_one_message(post):
    raw = mail(id="a@m.example")
    first, second = post.brings(raw), post.brings(b"Received: from list.example\n" + raw)
    assert second.state == Incoming.State.DUPLICATE
    assert second.message == first.message
    assert Message.objects.count() == 1


def test_two_copies_in_one_batch_are_one_message(post):
    post.keeps(mail(id="a@m.example"))
    post.keeps(mail(id="a@m.example"))
    post.works()
    assert Message.objects.count() == 1


def test_a_lists_footer_makes_no_second_message(post):
    post.brings(mail(id="a@m.example", text="Ayuda, por favor."))
    row = post.brings(mail(id="a@m.example", text="Ayuda, por favor.\n_____\nOur list: list@x.example"))
    assert row.state == Incoming.State.DUPLICATE


def test_without_an_id_the_same_bytes_are_one_message(post):
    post.brings(mail())
    assert post.brings(mail()).state == Incoming.State.DUPLICATE
    assert post.brings(mail(text="Something else")).state == Incoming.State.DONE


def test_another_message_under_the_same_id_is_not_swallowed(post):
    first = post.brings(mail(id="a@m.example"))
    second = post.brings(mail(id="a@m.example", sender=MALLORY, text="Pay me"))
    third = post.brings(mail(id="a@m.example", text="Quite another thing"))
    assert second.message.ticket != first.message.ticket
    assert third.state == Incoming.State.DONE
    assert Message.objects.count() == 3
