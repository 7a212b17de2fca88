"""Keeping mailboxes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from ombud.foundation.events.models import Event
from ombud.foundation.post.actions import fetched, keep_mailbox, lease_fetches
from ombud.foundation.post.models import Mailbox
from ombud.foundation.post.queries import default_mailbox, mailbox_for, mailbox_for_strays
from ombud.foundation.post.secrets import decrypt

pytestmark = pytest.mark.django_db


@pytest.fixture
def keep(now):
    def keep(address="support@desk.test", **fields):
        return keep_mailbox(address=address, by=None, now=now, **fields)

    return keep


def test_the_first_mailbox_is_the_default_until_another_takes_over(keep):
    first, second = keep(), keep("customs@desk.test")
    assert default_mailbox() == first
    keep(mailbox=second, address="customs@desk.test", is_default=True)
    assert default_mailbox() == second
    assert Mailbox.objects.filter(is_default=True).count() == 1


@pytest.mark.parametrize("fields", [{"is_default": False}, {"archived_at": "now"}])
def test_there_is_always_a_default(keep, now, fields):
    mailbox = keep()
    with pytest.raises(ValidationError, match="default"):
        keep_mailbox(
            mailbox=mailbox, by=None, now=now, **{k: now if v == "now" else v for k, v in fields.items()}
        )
    assert default_mailbox() == mailbox


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"address": "support"}, "address"),
        ({"address": "support+x@desk.test"}, "address"),
        ({"address": "SUPPORT@desk.test"}, "address"),
        ({"smtp_host": "https://mail.example"}, "smtp_host"),
        ({"smtp_host": "mail.example", "smtp_port": 70000}, "smtp_port"),
        ({"smtp_host": "mail.example", "smtp_security": "ssl"}, "smtp_security"),
        ({"smtp_host": "mail.example", "smtp_user": "ada"}, "smtp_password"),
        ({"smtp_host": "mail.example", "smtp_password": "x"}, "smtp_user"),
        ({"imap_host": "mail.example"}, "imap_user"),
    ],
)
def test_wrong_settings_are_said_in_a_sentence_at_their_field(keep, fields, field):
    keep()
    with pytest.raises(ValidationError) as wrong:
        keep(**{"address": "other@desk.test", **fields})
    assert list(wrong.value.message_dict) == [field]
    assert wrong.value.message_dict[field][0].endswith(".")
    assert Mailbox.objects.count() == 1


def test_a_password_is_encrypted_and_not_in_the_log(keep):
    mailbox = keep(smtp_host="mail.example", smtp_user="ada", smtp_password="pást")
    mailbox.refresh_from_db()
    assert "pást" not in mailbox.smtp_password
    assert decrypt(mailbox.smtp_password) == "pást"
    logged = Event.objects.get(verb="mailbox.changed").data
    assert logged["fields"] == ["address", "smtp_host", "smtp_password", "smtp_user"]


def test_a_sub_address_is_the_mailbox_s_if_it_takes_them(keep, now):
    mailbox = keep()
    assert mailbox_for("Support@Desk.test") == mailbox
    assert mailbox_for("support+t1001.abc@desk.test") == mailbox
    assert mailbox_for("sales@desk.test") is None
    keep_mailbox(mailbox=mailbox, plus_addressing=False, by=None, now=now)
    assert mailbox_for("support+t1001.abc@desk.test") is None


def test_strays_are_taken_only_if_the_setting_says_so(keep, now):
    mailbox = keep()
    assert mailbox_for_strays() is None
    keep_mailbox(mailbox=mailbox, takes_strays=True, by=None, now=now)
    assert mailbox_for_strays() == mailbox


def test_an_incoming_server_is_fetched_from_and_a_new_one_from_the_start(keep, now):
    mailbox = keep(imap_host="mail.example", imap_user="ada", imap_password="x")
    soon = now + timedelta(minutes=1)
    assert lease_fetches(now, soon) == [mailbox]
    fetched(mailbox, again_at=soon, seen={"uid": 7})
    assert lease_fetches(now, soon) == []
    keep_mailbox(mailbox=mailbox, imap_host="post.example", by=None, now=now)
    assert (mailbox.imap_seen, mailbox.fetch_at) == ({}, now)
    keep_mailbox(mailbox=mailbox, imap_host="", by=None, now=now)
    fetched(mailbox, again_at=soon)
    mailbox.refresh_from_db()
    assert mailbox.fetch_at is None
