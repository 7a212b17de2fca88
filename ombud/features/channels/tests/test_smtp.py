"""Mail comes in by SMTP."""

import errno
import hashlib
import smtplib
from email.message import EmailMessage

import pytest
from django.utils import timezone

from ombud.features.channels import actions
from ombud.features.channels.arrival import spool
from ombud.features.channels.arrival.work import take_in_due
from ombud.features.channels.models import Incoming
from ombud.lib import files
from ombud.spine.tickets.models import Message, Ticket

from .letters import mail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.mission("M1")
def test_a_mail_becomes_a_ticket_of_its_sender(door, cast):
    door.takes(mail(id="one@acme-outdoor.example"))
    ticket = Ticket.objects.get()
    assert (ticket.subject, ticket.customer.email) == ("Etiquetas", "carla@acme-outdoor.example")
    assert ticket.messages.get().text == "La aduana ha rechazado 38 paquetes."


def test_what_was_accepted_stands_in_the_files_as_it_was_sent(door):
    raw = mail(text=".with a dot\n..and two\n" + "long " * 3000).replace(b"\n", b"\r\n")
    with door.client() as client:
        client.sendmail("carla@acme-outdoor.example", ["support@desk.test"], raw)
    assert not Incoming.objects.exists()
    assert [path.read_bytes() for path in spool.folder().glob("*.mail")] == [raw]
    take_in_due(timezone.now())
    assert files.read(Incoming.objects.get().raw) == raw
    assert list(spool.folder().iterdir()) == []


def test_a_message_of_one_dot_and_an_empty_one_do_not_confuse_it(door):
    for raw in (b"", b".\r\n", b"..\r\n.x\r\n", b"\r\n.\r\n"):
        with door.client() as client:
            client.sendmail("carla@acme-outdoor.example", ["support@desk.test"], raw)
    take_in_due(timezone.now())
    kept = [row.content() for row in Incoming.objects.order_by("pk")]
    assert kept == [b"\r\n", b".\r\n", b"..\r\n.x\r\n", b"\r\n.\r\n"]


def test_a_bare_line_feed_does_not_end_a_message(door):
    """Else a second mail, with a sender of its choice, could be smuggled in behind the first."""
    with door.client() as client:
        client.ehlo("x")
        client.mail("carla@acme-outdoor.example")
        client.rcpt("support@desk.test")
        client.docmd("DATA")
        client.send(b"Subject: one\r\n\r\nfirst\n.\nMAIL FROM:<root@x.example>\r\nstill first\r\n.\r\n")
        assert client.getreply()[0] == 250
    take_in_due(timezone.now())
    assert b"still first" in Incoming.objects.get().content()


def test_twenty_megabytes_are_taken(door, cast):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = cast.carla.email, "support@desk.test", "Big"
    message.set_content("See the scan.")
    scan = b"%PDF-" + bytes(range(256)) * (15 * 4096)
    message.add_attachment(scan, maintype="application", subtype="pdf", filename="scan.pdf")
    raw = message.as_bytes()
    assert len(raw) > 20_000_000
    door.takes(raw)
    attachment = Message.objects.get().attachments.get()
    assert (attachment.name, attachment.sha256) == ("scan.pdf", hashlib.sha256(scan).hexdigest())
    assert files.read(attachment.sha256) == scan


def test_what_is_too_large_is_refused_whether_announced_or_not(new_door):
    door = new_door(size=100_000)
    with door.client() as client, pytest.raises(smtplib.SMTPResponseException) as refused:
        client.sendmail("a@b.example", ["support@desk.test"], b"x" * 200_000)
    assert refused.value.smtp_code == 552
    with door.client() as client:
        client.ehlo("x")
        client.docmd("MAIL FROM:<a@b.example>")
        client.rcpt("support@desk.test")
        code, _text = client.data(b"y" * 200_000)
        assert code == 552
        client.sendmail("a@b.example", ["support@desk.test"], b"Subject: small\r\n\r\nx")
    take_in_due(timezone.now())
    assert Incoming.objects.count() == 1


def test_latin_1_without_any_declaration_is_read(door):
    raw = "From: carla@acme-outdoor.example\nSubject: Envío\n\nSeñor, mañana más.\n".encode("latin-1")
    door.takes(raw, options=["BODY=8BITMIME"])
    assert Message.objects.get().text == "Señor, mañana más."


def test_addresses_beyond_ascii_are_taken(door):
    raw = mail(sender="José <josé@correo.example>")
    door.takes(raw, sender="josé@correo.example", options=["SMTPUTF8"])
    assert Ticket.objects.get().customer.email == "josé@correo.example"


@pytest.mark.parametrize(
    ("said", "code", "address"),
    [
        ("<a.b+c@d-e.example>", 250, "a.b+c@d-e.example"),
        (" <a@b.example> ", 250, "a@b.example"),
        ('<"a b"@c.example>', 250, '"a b"@c.example'),
        ("<>", 250, ""),
        ("<a@b.example> NONSENSE=1", 555, None),
    ],
)
def test_addresses_of_every_form_are_read(door, cast, said, code, address):
    with door.client() as client:
        client.ehlo("x")
        assert client.docmd(f"MAIL FROM:{said}")[0] == code
        if address is not None:
            client.rcpt("support@desk.test")
            client.data(mail())
    take_in_due(timezone.now())
    assert [row.envelope_from for row in Incoming.objects.all()] == ([] if address is None else [address])


def test_a_stranger_address_is_refused_unless_a_mailbox_takes_strays(door, cast):
    door.takes(mail(to="nobody@desk.test"), to=["nobody@desk.test"])
    assert Ticket.objects.get().mailbox == cast.mailbox
    cast.mailbox.takes_strays = False
    cast.mailbox.save()
    with door.client() as client, pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail("a@b.example", ["stranger@desk.test"], mail())
    assert refused.value.recipients["stranger@desk.test"][0] == 550


def test_a_channel_that_is_switched_off_asks_to_come_again(new_door, cast):
    actions.switch("email", False, by=cast.greta, now=cast.now)
    with new_door().client() as client, pytest.raises(smtplib.SMTPSenderRefused) as refused:
        client.sendmail("a@b.example", ["support@desk.test"], mail())
    assert refused.value.smtp_code == 450


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, 452), (errno.EIO, 451)])
def test_without_a_place_to_store_it_the_sender_is_asked_to_come_again(door, monkeypatch, number, code):
    def broken(folder):
        raise OSError(number, "The disk")

    monkeypatch.setattr(files, "sync_folder", broken)
    with door.client() as client, pytest.raises(smtplib.SMTPDataError) as refused:
        client.sendmail("a@b.example", ["support@desk.test"], mail())
    assert refused.value.smtp_code == code
    assert list(spool.folder().iterdir()) == []
    take_in_due(timezone.now())
    assert not Incoming.objects.exists()


def test_a_letter_that_no_database_takes_does_not_stop_a_mail(door):
    with door.client() as client:
        client.sendmail("a\x00b@c.example", ["support@desk.test"], mail())
    take_in_due(timezone.now())
    assert Incoming.objects.get().envelope_from == "ab@c.example"
