"""Mail is fetched from a real IMAP server."""

import pytest

from ombud.features.channels import actions
from ombud.features.channels.email import fetch
from ombud.features.channels.email.fetch import fetch_due
from ombud.features.channels.models import Incoming
from ombud.foundation.post.actions import keep_mailbox
from ombud.spine.tickets.models import Ticket

from .dovecot import dovecot  # noqa: F401
from .letters import mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def fetched(cast, dovecot):  # noqa: F811
    keep_mailbox(
        mailbox=cast.mailbox,
        imap_host="127.0.0.1",
        imap_port=dovecot.port,
        imap_security="none",
        imap_user="support",
        imap_password="secret",
        by=None,
        now=cast.now,
    )
    return dovecot


def rounds(cast, post, count=1):
    for _round in range(count):
        fetch_due(cast.later(minutes=11))
        post.works()
    cast.mailbox.refresh_from_db()


@pytest.mark.mission("M1")
def test_unread_mail_becomes_tickets_and_each_is_fetched_once(fetched, cast, post):
    fetched.deliver(mail(subject="Long ago", id="old@m.example"), read=True)
    fetched.deliver(mail(subject="One", id="one@m.example"))
    rounds(cast, post, 2)
    assert [ticket.subject for ticket in Ticket.objects.all()] == ["One"]
    fetched.deliver(mail(subject="Two", id="two@m.example"), read=True)
    rounds(cast, post, 2)
    assert sorted(Ticket.objects.values_list("subject", flat=True)) == ["One", "Two"]
    assert Incoming.objects.count() == 2
    assert cast.mailbox.imap_error == ""


def test_a_mail_that_cannot_be_read_or_had_stops_no_other(fetched, cast, post, monkeypatch):
    for raw in (mail(subject="One", id="1@m.example"), b"\r\n", mail(subject="Three", id="3@m.example")):
        fetched.deliver(raw)
    handed_out = fetch._raw

    def stubborn(server, uid):
        if uid == 1:
            raise ValueError("the server does not hand out mail number 1")
        return handed_out(server, uid)

    monkeypatch.setattr(fetch, "_raw", stubborn)
    rounds(cast, post)
    assert "number 1 could not be fetched" in cast.mailbox.imap_error
    assert [ticket.subject for ticket in Ticket.objects.all()] == ["Three"]
    assert Incoming.objects.get(state="aside").reason == "unreadable"
    monkeypatch.setattr(fetch, "_raw", handed_out)
    rounds(cast, post)
    assert cast.mailbox.imap_error == ""
    assert Ticket.objects.filter(subject="One").exists()


def test_a_renumbered_folder_brings_no_second_ticket(fetched, cast, post):
    fetched.deliver(mail(id="one@m.example"))
    rounds(cast, post)
    before = cast.mailbox.imap_seen["uidvalidity"]
    fetched.renumber()
    rounds(cast, post)
    assert cast.mailbox.imap_seen["uidvalidity"] != before
    assert Ticket.objects.count() == 1
    assert Incoming.objects.filter(state="duplicate").count() == 1


def test_what_is_wrong_with_the_server_is_shown_and_tried_again(fetched, cast, post):
    keep_mailbox(mailbox=cast.mailbox, imap_password="wrong", by=None, now=cast.now)
    rounds(cast, post)
    assert "could not be fetched" in cast.mailbox.imap_error
    assert cast.mailbox.fetch_at > cast.now
    keep_mailbox(mailbox=cast.mailbox, imap_password="secret", by=None, now=cast.now)
    fetched.deliver(mail())
    rounds(cast, post)
    assert (cast.mailbox.imap_error, Ticket.objects.count()) == ("", 1)


def test_a_channel_that_is_switched_off_fetches_nothing(fetched, cast, post):
    actions.switch("email", False, by=cast.greta, now=cast.now)
    fetched.deliver(mail())
    rounds(cast, post)
    assert not Incoming.objects.exists()
    actions.switch("email", True, by=cast.greta, now=cast.now)
    rounds(cast, post)
    assert Ticket.objects.count() == 1
