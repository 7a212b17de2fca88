"""Which server, and how it is spoken to."""

import ssl
from datetime import timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ombud.foundation.post.actions import keep_mailbox
from ombud.foundation.post.delivery import send_due
from ombud.foundation.post.servers import Server, WrongAddress, read_url

from .conftest import NOW
from .servers import LockedMailServer


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


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 that nobody has signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(NOW - timedelta(days=2000)).not_valid_after(NOW + timedelta(days=2000))
    made = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def locked(certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    server = LockedMailServer(tls_context=context)
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
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    letter = sent()
    assert letter.error == ""
    assert (letter.state, len(locked.letters)) == ("sent", 1)


def test_a_wrong_password_waits_for_the_right_one(sent, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    letter = sent(smtp_password="falsch")
    assert letter.state == "waiting"
    assert "does not accept the user and password" in letter.error


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(sent, locked):
    letter = sent()
    assert (letter.state, locked.letters) == ("waiting", [])
    assert "certificate" in letter.error


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
