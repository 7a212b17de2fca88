"""Accepted mail stands in files until it is in the database, whatever happens in between."""

import os
import time
from dataclasses import replace

import pytest
from django.db import OperationalError

from ombud.features.channels import actions, queries
from ombud.features.channels.arrival import spool, spooled, work
from ombud.features.channels.arrival.keeping import Delivered
from ombud.features.channels.models import Incoming
from ombud.foundation.events.models import Event
from ombud.lib import files, flood
from ombud.spine.tickets.models import Message, Ticket

from .letters import mail

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def accepts(cast):
    """Mails as the SMTP door accepts them: one group."""

    def accept(*mails):
        whole = {"channel": "email", "source": "smtp", "at": cast.now, "mailbox_id": cast.mailbox.pk}
        one = Delivered(raw=b"", envelope_to=[cast.mailbox.address], remote="192.0.2.7", **whole)
        spool.accept([replace(one, raw=raw) for raw in mails])

    return accept


def in_spool():
    return sorted(path.suffix for path in spool.folder().iterdir())


def test_a_group_is_taken_in_and_leaves_the_spool(accepts, cast):
    raws = mail(id="one@a.example"), mail(id="two@a.example", sender="ben@b.example")
    accepts(*raws)
    assert in_spool() == [".list", ".mail", ".mail"]
    work.take_in_due(cast.now)
    rows = list(Incoming.objects.order_by("pk"))
    assert [(row.state, row.remote, row.received_at) for row in rows] == [("done", "192.0.2.7", cast.now)] * 2
    assert [row.content() for row in rows] == list(raws)
    assert Ticket.objects.count() == 2
    assert in_spool() == []


def test_killed_after_the_commit_it_is_not_taken_in_again(accepts, cast, monkeypatch):
    accepts(mail(id="one@a.example"))
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(spooled.Group, "remove", _killed)
        work.take_in_due(cast.now)
    spooled.reader_of.cache_clear()
    work.take_in_due(cast.now)
    assert [row.state for row in Incoming.objects.all()] == ["done"]
    assert Message.objects.count() == 1
    assert in_spool() == []


def test_killed_before_the_commit_it_is_taken_in_the_next_time(accepts, cast, monkeypatch):
    accepts(mail(id="one@a.example"))
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(work, "_settle_batch", _killed)
        work.take_in_due(cast.now)
    assert not Incoming.objects.exists()
    spooled.reader_of.cache_clear()
    work.take_in_due(cast.now)
    assert Message.objects.count() == 1


def test_killed_while_it_was_removed_nothing_is_asked_for_bytes_that_are_gone(accepts, cast):
    accepts(mail(id="one@a.example"))
    next(spool.folder().glob("*.list")).unlink()
    work.take_in_due(cast.now)
    assert not Incoming.objects.exists()
    rest = next(spool.folder().glob("*.mail"))
    spool.sweep()
    assert rest.exists()  # its group may just be being written
    os.utime(rest, (time.time() - spool.FORSAKEN - 1,) * 2)
    spool.sweep()
    assert in_spool() == []


def test_without_a_database_it_stays_in_the_spool(accepts, cast, monkeypatch):
    def down(*_words):
        raise OperationalError("the server closed the connection")

    accepts(mail(id="one@a.example"), mail(id="two@a.example"))
    with monkeypatch.context() as patch, pytest.raises(OperationalError):
        patch.setattr(work, "_still_waiting", down)
        work.take_in_due(cast.now)
    assert in_spool() == [".list", ".mail", ".mail"]
    work.take_in_due(cast.now)
    assert Message.objects.count() == 2


def test_what_cannot_be_understood_is_put_aside_and_can_be_tried_again(accepts, cast):
    accepts(mail(sender="not an address"), mail(id="good@a.example"))
    work.take_in_due(cast.now)
    row = queries.put_aside().get()
    assert row.reason == Incoming.Reason.UNREADABLE
    assert Event.objects.get(verb="incoming.put_aside").data["incoming"] == row.pk
    assert Message.objects.count() == 1
    assert in_spool() == []
    actions.retry(row, by=cast.greta, now=cast.now)
    work.take_in_due(cast.now)
    assert queries.put_aside().get().attempts == 1


def test_one_that_cannot_be_taken_in_does_not_stop_its_group(accepts, cast, monkeypatch):
    settle = work.Settlement.settle

    def stumbles(self, row, arrived):
        if "stone" in arrived.said.message_id:
            raise RuntimeError("of ours")
        settle(self, row, arrived)

    monkeypatch.setattr(work.Settlement, "settle", stumbles)
    accepts(mail(id="one@a.example"), mail(id="stone@a.example"), mail(id="two@a.example"))
    work.take_in_due(cast.now)
    assert Message.objects.count() == 2
    assert in_spool() == []
    waiting = Incoming.objects.get(state=Incoming.State.WAITING)
    assert (waiting.error, waiting.due_at) == ("RuntimeError: of ours", cast.now + work.AGAIN[0])
    monkeypatch.setattr(work.Settlement, "settle", settle)
    work.take_in_due(waiting.due_at)
    assert Message.objects.count() == 3


def test_bytes_that_a_broken_disk_lost_are_shown_to_administrators(accepts, cast):
    accepts(mail(id="one@a.example"))
    next(spool.folder().glob("*.mail")).unlink()
    for at in (0, 60, 600):
        work.take_in_due(cast.later(seconds=at))
    assert queries.put_aside().get().error.startswith("FileNotFoundError")
    assert in_spool() == []


def test_a_list_that_cannot_be_read_does_not_stop_the_others(accepts, cast):
    accepts(mail(id="one@a.example"))
    next(spool.folder().glob("*.list")).write_text("[{")
    accepts(mail(id="two@a.example"))
    work.take_in_due(cast.now)
    assert Message.objects.get().message_id == "<two@a.example>"
    assert in_spool() == [".broken", ".mail"]


def test_two_processes_on_one_folder_take_each_mail_once(accepts, cast, monkeypatch):
    accepts(mail(id="one@a.example"))
    theirs = spooled.Reader(spool.folder()).take(50, 10**6)
    work.take_in_due(cast.now)
    monkeypatch.setattr(work, "_from_spool", lambda count: theirs)
    monkeypatch.setattr(spooled.Group, "is_there", lambda group: True)  # it looked before the other was done
    work.take_in_due(cast.now)
    assert (Incoming.objects.count(), Message.objects.count()) == (1, 1)


def test_in_a_flood_a_batch_takes_those_along_that_come_just_after_it(accepts, cast, monkeypatch):
    sizes = []
    monkeypatch.setattr(flood, "is_on", lambda: True)
    monkeypatch.setattr(flood, "came_in", sizes.append)
    monkeypatch.setattr(
        work.time, "sleep", lambda _seconds: accepts(mail(id="two@a.example", sender="b@b.example"))
    )
    accepts(mail(id="one@a.example"))
    work.take_in_due(cast.now)
    assert sizes == [2]
    assert Ticket.objects.count() == 2


def test_a_disk_without_second_names_gets_a_copy(accepts, cast, monkeypatch):
    def cannot(*_names):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", cannot)
    accepts(mail(id="one@a.example"))
    work.take_in_due(cast.now)
    assert files.read(Incoming.objects.get().raw) == mail(id="one@a.example")


def _killed(*_words):
    raise Killed
