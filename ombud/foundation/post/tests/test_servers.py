"""Which server, and how it is spoken to."""

import pytest

from ombud.foundation.post.actions import keep_mailbox
from ombud.foundation.post.delivery import send_due
from ombud.foundation.post.servers import Server, WrongAddress, read_url

from .servers import LockedMailServer, MailServer


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://relay:25", Server("relay", 25, "none")),
        ("smtp://relay", Server("relay", 25, "none")),
        ("smtp://a%40b:p%2Fw@relay", Server("relay", 587, "starttls", "a@b", "p/w")),
        ("smtps://a:b@relay", Server("relay", 465, "tls", "a", "b")),
        ("smtp://relay:2525?security=tls", Server("relay", 2525, "tls")),
    ],
)
def test_one_address_names_the_server_of_the_whole_desk(url, server):
    assert read_url(url) == server


@pytest.mark.parametrize(
    "url", ["relay:25", "http://relay", "smtp://relay:x", "smtp://relay?security=ssl", "smtp://"]
)
def test_a_wrong_address_says_how_to_write_it(url):
    with pytest.raises(WrongAddress, match="is written smtp://"):
        read_url(url)


def test_a_password_is_never_shown():
    assert "secret" not in repr(read_url("smtp://a:secret@relay"))


@pytest.fixture
def locked(certificate):
    server = LockedMailServer(tls_context=certificate.for_server())
    yield server
    server.stop()


@pytest.fixture
def sent(support, write, now, locked):
    """What became of a letter that left through the locked server with these settings."""

    def sent(**fields):
        given = {"smtp_security": "starttls", "smtp_user": "post", "smtp_password": "pásswort", **fields}
        keep_mailbox(mailbox=support, smtp_port=locked.port, by=None, now=now, **given)
        letter = write()
        send_due(now)
        letter.refresh_from_db()
        return letter

    return sent


def test_a_letter_leaves_through_starttls_with_a_password(sent, locked, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    letter = sent()
    assert letter.error == ""
    assert (letter.state, len(locked.letters)) == ("sent", 1)


def test_a_wrong_password_waits_for_the_right_one(sent, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    letter = sent(smtp_password="falsch")
    assert letter.state == "waiting"
    assert "does not accept the user and password" in letter.error


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(sent, locked):
    letter = sent()
    assert (letter.state, locked.letters) == ("waiting", [])
    assert "certificate" in letter.error


def test_a_letter_leaves_through_tls_from_the_first_byte(support, write, now, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    server = MailServer(ssl_context=certificate.for_server())
    keep_mailbox(mailbox=support, smtp_port=server.port, smtp_security="tls", by=None, now=now)
    letter = write()
    send_due(now)
    server.stop()
    letter.refresh_from_db()
    assert (letter.error, letter.state, len(server.letters)) == ("", "sent", 1)


def test_without_starttls_nothing_is_said_in_the_clear(support, server, write, now):
    keep_mailbox(mailbox=support, smtp_security="starttls", by=None, now=now)
    letter = write()
    send_due(now)
    letter.refresh_from_db()
    assert (letter.state, server.letters) == ("waiting", [])
    assert "does not offer" in letter.error


def test_an_address_in_its_own_script_needs_a_server_that_knows_it(support, server, write, now):
    letter = write(to=[["", "用户@例子.example"]])
    send_due(now)
    letter.refresh_from_db()
    assert letter.state == ("sent" if server.letters else "dead")
