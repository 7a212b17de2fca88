"""The SMTP door towards servers that we do not know: TLS, and how many of them at once."""

import smtplib
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.utils import timezone

from ombud.features.channels.arrival.work import take_in_due
from ombud.features.channels.email import smtp
from ombud.features.channels.models import Incoming
from ombud.spine.tickets.models import Ticket
from tests.support.desk import wait_for

from .letters import mail

pytestmark = pytest.mark.django_db(transaction=True)
CARLA = "carla@acme-outdoor.example"


@pytest.fixture
def safe_door(new_door, certificate):
    return new_door(certificate=str(certificate.file))


@pytest.fixture
def visitors():
    """Opens conversations that stay open until the test is over."""
    with ExitStack() as stack:
        yield lambda door: stack.enter_context(door.client())


def come_in():
    """What was handed over is taken in, also what waits a moment for others."""
    take_in_due(timezone.now() + timedelta(seconds=5))


def begins(client):
    """The first line of the answer to who wants to hand a mail over."""
    client.ehlo_or_helo_if_needed()
    code, words = client.mail(CARLA)
    client.rset()
    return code, words.decode()


@pytest.mark.mission("M1")
def test_a_mail_comes_in_through_starttls(safe_door, certificate):
    with safe_door.client() as client:
        client.starttls(context=certificate.for_client())
        client.sendmail(CARLA, ["support@desk.test"], mail())
        assert client.sock.version() in ("TLSv1.2", "TLSv1.3")
    come_in()
    assert Ticket.objects.get().customer.email == CARLA


def test_without_a_certificate_it_is_not_offered(door):
    with door.client() as client:
        client.ehlo("x")
        assert not client.has_extn("starttls")


def test_with_one_a_server_without_tls_is_still_heard(safe_door):
    safe_door.takes(mail())
    come_in()
    assert Ticket.objects.exists()


def test_what_was_said_in_the_clear_does_not_count_behind_tls(safe_door, certificate):
    """A stranger on the line could have written it: neither a sender, nor commands sent ahead of TLS."""
    with safe_door.client() as client:
        client.ehlo("x")
        client.mail("stranger@elsewhere.example")
        client.send(b"STARTTLS\r\nMAIL FROM:<stranger@elsewhere.example>\r\n")
        assert client.getreply()[0] == 220
        client.sock = certificate.for_client().wrap_socket(client.sock, server_hostname="127.0.0.1")
        client.file = None
        assert client.docmd("MAIL FROM:<carla@acme-outdoor.example>")[0] == 503, "EHLO comes first again"
        client.ehlo("x")
        assert client.rcpt("support@desk.test")[0] == 503, "there is no sender yet"
        client.sendmail(CARLA, ["support@desk.test"], mail())
    come_in()
    assert Incoming.objects.get().envelope_from == CARLA


def test_a_conversation_behind_tls_is_counted_once_and_until_it_ends(safe_door, certificate, monkeypatch):
    monkeypatch.setattr(smtp, "AT_ONCE", 1)
    with safe_door.client() as client:
        client.starttls(context=certificate.for_client())
        assert begins(client)[0] == 250
    wait_for(lambda: not safe_door.house.inside, "the conversation to be over", 10)
    with safe_door.client() as client:
        assert begins(client)[0] == 250


def test_one_conversation_too_many_is_asked_to_come_again(door, visitors, monkeypatch):
    monkeypatch.setattr(smtp, "AT_ONCE", 2)
    one, two, three = (visitors(door) for _each in range(3))
    code, words = begins(three)
    assert (code, "Too many conversations" in words) == (421, True)
    one.quit()
    wait_for(lambda: sum(door.house.inside.values()) == 2, "the first to leave", 10)
    assert begins(two)[0] == 250
    assert begins(three)[0] == 250


@pytest.fixture
def foreign(monkeypatch):
    """Our own machine counts as a foreign host."""
    monkeypatch.setattr(smtp, "NEIGHBOURS", ("nowhere",))


def test_one_host_has_a_share_of_the_conversations(door, visitors, monkeypatch, foreign):
    monkeypatch.setattr(smtp, "AT_ONCE_EACH", 1)
    visitors(door)
    code, words = begins(visitors(door))
    assert (code, "from your host" in words) == (421, True)


def test_our_own_machine_has_no_share_of_its_own(door, visitors, monkeypatch):
    monkeypatch.setattr(smtp, "AT_ONCE_EACH", 1)
    visitors(door)
    assert begins(visitors(door))[0] == 250


def test_one_host_brings_so_many_mails_a_minute(new_door, foreign):
    door = new_door(rate=2)
    with door.client() as client:
        assert [begins(client)[0] for _mail in range(3)] == [250, 250, 451]


def test_messages_of_all_conversations_share_one_memory(door):
    door.house.free = 100_000
    large, small = mail(text="x " * 100_000), mail()
    with door.client() as client:
        with pytest.raises(smtplib.SMTPDataError) as refused:
            client.sendmail(CARLA, ["support@desk.test"], large)
        assert refused.value.smtp_code == 451
        client.sendmail(CARLA, ["support@desk.test"], small)
    wait_for(lambda: door.house.free == 100_000, "the memory to be free again", 10)
    come_in()
    assert Incoming.objects.count() == 1


def test_who_says_nothing_is_sent_away(new_door, monkeypatch):
    monkeypatch.setattr(smtp, "SILENCE", 0.2)
    door = new_door()
    with door.client():
        wait_for(lambda: door.house.inside, "somebody to come in", 10)
        wait_for(lambda: not door.house.inside, "the silent one to be sent away", 10)
