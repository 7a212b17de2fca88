"""Mailboxes and their secrets, the outbox, what was put aside, channels."""

import contextlib
import socket
import threading

import pytest
from django.urls import reverse

from ombud.features.channels import queries as channels
from ombud.features.channels.models import Incoming
from ombud.foundation.post import actions as post_office
from ombud.foundation.post import secrets
from ombud.foundation.post.models import Letter, Mailbox
from ombud.lib import files

SECRET = "korrekt-horse-battery"
BOX = {"address": "billing@desk.test", "name": "Billing", "acknowledges": "on"}
SMTP = {
    "smtp_host": "smtp.desk.test",
    "smtp_port": "587",
    "smtp_security": "starttls",
    "smtp_user": "billing",
}


@pytest.fixture
def greta(cast, client):
    cast.signed_in(client, cast.greta)
    return cast


def post(client, deed, *args, **given):
    return client.post(reverse(f"office:{deed}", args=args), given)


def see(client, page, *args, **query):
    return client.get(reverse(f"office:{page}", args=args), query).content.decode()


def test_a_mailbox_is_made_in_the_product(greta, client):
    post(client, "mailbox_new", **BOX, **SMTP, smtp_password=SECRET)
    box = Mailbox.objects.get(address="billing@desk.test")
    assert (box.smtp_host, box.acknowledges, box.takes_strays) == ("smtp.desk.test", True, False)
    assert "leaves through smtp.desk.test" in see(client, "mailboxes")


def test_a_password_is_stored_encrypted_and_on_no_page(greta, client):
    post(client, "mailbox_new", **BOX, **SMTP, smtp_password=SECRET)
    box = Mailbox.objects.get(address="billing@desk.test")
    assert SECRET not in box.smtp_password
    assert secrets.decrypt(box.smtp_password) == SECRET
    for page in (see(client, "mailbox", box.pk), see(client, "mailboxes"), see(client, "log")):
        assert SECRET not in page
        assert box.smtp_password not in page


def test_saving_without_a_password_keeps_the_stored_one(greta, client):
    post(client, "mailbox_new", **BOX, **SMTP, smtp_password=SECRET)
    box = Mailbox.objects.get(address="billing@desk.test")
    post(client, "mailbox", box.pk, **{**BOX, "name": "Bills"}, **SMTP)
    box.refresh_from_db()
    assert (box.name, secrets.decrypt(box.smtp_password)) == ("Bills", SECRET)


def test_what_is_wrong_is_said_at_its_field(greta, client):
    answer = post(client, "mailbox_new", **{**BOX, "address": "support@desk.test"})
    assert answer.status_code == 422
    assert "There is already a mailbox with this address." in answer.content.decode()


def test_the_connection_is_really_tried(greta, client):
    port = free_port()
    given = {**SMTP, "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", "smtp_user": ""}
    assert "cannot be reached" in post(client, "mailbox_try_new", "smtp", **given).content.decode()
    with a_server([b"220 hi\r\n", b"250 hello\r\n", b"221 bye\r\n"], port):
        answer = post(client, "mailbox_try_new", "smtp", **given).content.decode()
    assert "Mail can leave." in answer


def test_an_incoming_server_that_refuses_is_quoted(greta, client):
    port = free_port()
    given = {
        "imap_host": "127.0.0.1",
        "imap_port": port,
        "imap_security": "none",
        "imap_user": "me",
        "imap_password": SECRET,
    }
    assert "cannot be reached" in post(client, "mailbox_try_new", "imap", **given).content.decode()
    refusal = [
        b"* OK hi\r\n",
        b"* CAPABILITY IMAP4rev1\r\nTAG OK\r\n",
        b"TAG NO wrong password\r\n",
        b"TAG OK\r\n",
    ]
    with a_server(refusal, port):
        answer = post(client, "mailbox_try_new", "imap", **given).content.decode()
    assert "did not let me look into INBOX" in answer
    assert SECRET not in answer


def test_a_mailbox_goes_out_of_use_but_not_the_default_one(greta, client):
    post(client, "mailbox_new", **BOX)
    box = Mailbox.objects.get(address="billing@desk.test")
    post(client, "mailbox_archive", box.pk)
    assert Mailbox.objects.get(pk=box.pk).archived_at
    post(client, "mailbox_archive", greta.mailbox.pk)
    assert not Mailbox.objects.get(pk=greta.mailbox.pk).archived_at


def letter(cast, **changes):
    given = {"key": "one", "case": None, "mailbox": cast.mailbox, "kind": "notice", "now": cast.now}
    given |= {
        "to": [["Carla", "carla@acme.example"]],
        "subject": "Hola",
        "text": "Hola, Carla",
        "html": "<p>Hola</p>",
    }
    made = post_office.send(**{**given, **changes})
    return made


def test_a_letter_is_read_exactly_as_it_would_leave(greta, client):
    made = letter(greta, html='<p style="color:red">Hola</p><script>alert(1)</script>')
    page = see(client, "letter", made.pk)
    for words in ("Hola, Carla", "carla@acme.example", made.message_id.strip("<>")):
        assert words in page
    frame = client.get(reverse("office:letter_html", args=[made.pk]))
    assert 'style="color:red"' in frame.content.decode()
    assert "default-src 'none'" in frame["Content-Security-Policy"]
    assert "sandbox" in frame["Content-Security-Policy"]


def test_a_waiting_letter_is_taken_back_and_a_dead_one_sent_again(greta, client):
    made = letter(greta)
    post(client, "letter_take_back", made.pk)
    assert Letter.objects.get().state == Letter.State.TAKEN_BACK
    Letter.objects.update(state=Letter.State.DEAD, error="550 no such user")
    assert "550 no such user" in see(client, "outbox", state="dead")
    post(client, "letter_retry", made.pk)
    assert Letter.objects.get().state == Letter.State.WAITING
    page = client.post(reverse("office:letter_retry", args=[made.pk]), follow=True).content.decode()
    assert "This mail is not stuck" in page


def put_aside(cast, **more):
    raw = files.keep(b"From: carla\r\n\r\n\xff broken")
    given = {"channel": "email", "source": "smtp", "raw": raw, "size": 24, "received_at": cast.now}
    given |= {"state": "aside", "stopped_at": cast.now, "reason": "unreadable"}
    given |= {"error": "A header that nobody can read"}
    return Incoming.objects.create(**{**given, **more})


def test_mail_put_aside_is_seen_downloaded_tried_again_and_left_alone(greta, client):
    row = put_aside(greta, subject="¿Hola?")
    assert "¿Hola?" in see(client, "aside")
    assert "A header that nobody can read" in see(client, "aside_one", row.pk)
    original = client.get(reverse("office:aside_raw", args=[row.pk]))
    assert b"".join(original.streaming_content) == row.content()
    assert original["Content-Disposition"].startswith("attachment")
    assert original["X-Content-Type-Options"] == "nosniff"
    post(client, "aside_act", row.pk, "ignore")
    assert "¿Hola?" in see(client, "aside", show="ignored")
    post(client, "aside_act", row.pk, "retry")
    row.refresh_from_db()
    assert row.state == Incoming.State.WAITING


def test_many_are_let_in_at_once(greta, client):
    rows = [put_aside(greta), put_aside(greta), put_aside(greta)]
    post(client, "aside_many", verb="let_in", chosen=[rows[0].pk, rows[2].pk])
    waiting = Incoming.objects.filter(state=Incoming.State.WAITING, let_in=True)
    assert set(waiting.values_list("pk", flat=True)) == {rows[0].pk, rows[2].pk}


@pytest.mark.mission("M4")
def test_a_channel_is_closed_and_opened_by_a_switch(greta, client):
    post(client, "channel_switch", "web_form")
    assert not channels.is_open("web_form")
    assert client.get("/contact/").status_code == 503
    assert "closed" in see(client, "channels")
    post(client, "channel_switch", "web_form")
    assert client.get("/contact/").status_code == 200


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def a_server(answers, port):
    """Says these lines to whoever connects, one for each line it hears; TAG becomes the tag it heard."""
    listener = socket.create_server(("127.0.0.1", port))

    def talk():
        line, _peer = listener.accept()
        with line, contextlib.suppress(OSError):
            tag = b""
            for answer in answers:
                line.sendall(answer.replace(b"TAG", tag))
                tag = line.recv(4096).split(b" ")[0]

    talker = threading.Thread(target=talk, daemon=True)
    talker.start()
    yield
    talker.join(5)
    listener.close()
