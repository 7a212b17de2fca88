"""What a mail server may do to us, and what becomes of the letter then."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from ombud.foundation.events.models import Event
from ombud.foundation.post import delivery
from ombud.foundation.post.actions import keep_mailbox, retry
from ombud.foundation.post.delivery import send_due
from ombud.foundation.post.queries import outbox, outbox_counts

CARLA, RUI = "carla@acme-outdoor.example", "rui@acme-outdoor.example"
BOTH = {"to": [["Carla", CARLA]], "cc": [["Rui", RUI]]}


def state_of(letter):
    letter.refresh_from_db()
    return letter.state


def failures():
    return [event.data for event in Event.objects.filter(verb="letter.failed")]


def test_a_busy_server_is_asked_again_after_a_minute(support, server, write, now):
    letter = write()
    server.answers = ["451 come back later"]
    send_due(now)
    assert state_of(letter) == "waiting"
    assert "451 come back later" in letter.error
    assert send_due(now + timedelta(seconds=50)) == 0
    send_due(now + timedelta(seconds=70))
    assert state_of(letter) == "sent"
    assert (letter.error, letter.repeated, len(server.letters)) == ("", False, 1)


def test_a_refused_letter_is_dead_and_says_why(support, server, write, now):
    letter = write()
    server.answers = ["554 this looks like spam"]
    send_due(now)
    assert state_of(letter) == "dead"
    assert "554 this looks like spam" in letter.error
    assert failures() == [{"letter": letter.pk, "permanent": True}]
    assert list(outbox("dead")) == [letter]


def test_a_dead_letter_can_be_tried_again(support, server, write, now, ada):
    letter = write()
    server.answers = ["554 no"]
    send_due(now)
    retry(letter, by=ada, now=now)
    send_due(now)
    assert (state_of(letter), letter.error) == ("sent", "")
    with pytest.raises(ValidationError):
        retry(letter, by=ada, now=now)


def test_the_others_get_it_when_a_copy_is_refused(support, server, write, now):
    letter = write(**BOTH)
    server.to_whom = {RUI: "550 nobody here"}
    send_due(now)
    assert (state_of(letter), letter.error) == ("sent", f"{RUI}: 550 nobody here")
    assert server.letters[0].recipients == [CARLA]


def test_a_letter_that_only_reached_its_copies_was_not_delivered(support, server, write, now, ada):
    letter = write(**BOTH)
    server.to_whom = {CARLA: "550 nobody here"}
    send_due(now)
    assert state_of(letter) == "dead"
    server.to_whom = {}
    retry(letter, by=ada, now=now)
    send_due(now)
    assert [m.recipients for m in server.letters] == [[RUI], [CARLA]]


def test_who_was_put_off_gets_it_later_and_nobody_twice(support, server, write, now):
    letter = write(**BOTH)
    server.to_whom = {RUI: "450 greylisted"}
    send_due(now)
    assert (state_of(letter), letter.accepted) == ("waiting", [CARLA])
    server.to_whom = {}
    send_due(now + timedelta(minutes=2))
    assert state_of(letter) == "sent"
    assert [m.recipients for m in server.letters] == [[CARLA], [RUI]]
    assert len({m.message["Message-ID"] for m in server.letters}) == 1


def test_one_refused_letter_does_not_stop_the_next(support, server, write, now):
    letters = [write(key=f"reply:{n}") for n in range(3)]
    server.answers = ["250 ok", "554 no", "250 ok"]
    send_due(now)
    assert [state_of(letter) for letter in letters] == ["sent", "dead", "sent"]
    assert server.greetings == 1


def test_a_server_that_is_away_is_tried_for_two_days(support, server, write, now):
    letter = write()
    server.stop()
    for _attempt in range(len(delivery.BACK_OFF)):
        send_due(now)
        assert state_of(letter) == "waiting"
        now = letter.due_at
    assert timedelta(days=1.5) < letter.due_at - letter.created_at < timedelta(days=3)
    send_due(now)
    assert state_of(letter) == "dead"
    assert "cannot be reached" in letter.error
    assert failures() == [{"letter": letter.pk, "permanent": False}]


def test_when_the_connection_breaks_after_the_words_it_may_have_gone_twice(support, server, write, now):
    letter = write()
    server.hang_up = True
    send_due(now)
    assert (state_of(letter), letter.repeated) == ("waiting", True)
    server.hang_up = False
    send_due(now + timedelta(minutes=2))
    assert (state_of(letter), letter.repeated) == ("sent", True)
    assert len({m.message["Message-ID"] for m in server.letters}) == 1


def test_new_settings_are_tried_at_once(support, server, write, now, ada):
    letter = write()
    keep_mailbox(mailbox=support, smtp_port=1, by=ada, now=now)
    send_due(now)
    assert outbox_counts() == {"waiting": 1, "set_back": 1, "kept": 0, "dead": 0}
    keep_mailbox(mailbox=support, smtp_port=server.port, by=ada, now=now)
    send_due(now)
    assert state_of(letter) == "sent"


def test_a_letter_that_cannot_be_put_together_does_not_stop_the_others(support, server, write, now):
    lost = {"name": "a", "content_type": "", "sha256": "0" * 64, "size": 1, "inline": False, "content_id": ""}
    letters = [write(key="reply:1", attachments=[lost]), write(key="reply:2")]
    send_due(now)
    assert [state_of(letter) for letter in letters] == ["dead", "sent"]


def test_a_password_that_cannot_be_read_any_more_is_said(support, write, now, settings):
    keep_mailbox(mailbox=support, smtp_user="post", smtp_password="x", by=None, now=now)
    letter = write()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", []
    send_due(now)
    assert (state_of(letter), "enter it again" in letter.error) == ("waiting", True)
