"""What is not let in, and what comes of mails that no person wrote."""

import pytest

from ombud.features.channels import actions, queries
from ombud.features.channels.arrival import guards
from ombud.features.channels.models import Incoming
from ombud.foundation.notifications.queries import unread
from ombud.foundation.people import actions as people
from ombud.foundation.post.models import Letter
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Message, Ticket
from ombud.spine.tickets.numbers import token_of

from .letters import mail

pytestmark = pytest.mark.django_db
Reason = Incoming.Reason


def test_spam_is_put_aside_and_can_be_let_in(post, cast):
    row = post.brings(mail(X_Spam_Flag="YES"))
    assert (row.state, row.reason) == ("aside", Reason.SPAM)
    assert list(queries.put_aside()) == [row]
    actions.let_in(row, by=cast.greta, now=cast.now)
    post.works()
    row.refresh_from_db()
    assert row.message.ticket.subject == "Etiquetas"


def test_who_answers_us_is_no_spammer(post, cast):
    to = f"support+{token_of(cast.writes(cast.carla))}@desk.test"
    assert post.brings(mail(to=to, X_Spam_Flag="YES"), envelope_to=[to]).state == "done"


def test_a_blocked_sender_is_left_alone(post, cast):
    people.block(cast.mallory, by=cast.ada, now=cast.now)
    row = post.brings(mail(sender=cast.mallory.email))
    assert (row.state, row.reason) == ("ignored", Reason.BLOCKED)
    assert not Ticket.objects.exists()


def test_our_own_mail_does_not_come_back(post, cast):
    ticket = cast.writes(cast.carla)
    ours = tickets.reply(ticket, by=cast.ada, text="Lo miro.", now=cast.now).message_id.strip("<>")
    assert post.brings(mail(id=ours)).reason == Reason.LOOP
    assert post.brings(mail(sender="support@desk.test")).reason == Reason.LOOP


def test_a_sites_own_form_writes_in_our_name_for_its_visitor(post, cast):
    row = post.brings(mail(sender="support@desk.test", Reply_To="Chen <chen@yunhai.example>"))
    assert row.message.ticket.customer.email == "chen@yunhai.example"


def test_a_mail_in_a_circle_is_put_aside(post):
    raw = b"Received: from a by b\n" * 51 + mail()
    assert post.brings(raw).reason == Reason.LOOP


def test_a_flood_from_one_sender_is_put_aside(post, cast, monkeypatch):
    monkeypatch.setattr(guards, "FLOOD", 5)
    rows = [post.brings(mail(text=f"Number {n}", id=f"{n}@m.example")) for n in range(8)]
    assert [row.reason for row in rows] == [""] * 5 + [Reason.FLOOD] * 3
    assert post.brings(mail(sender=cast.chen.email)).state == "done"
    cast.later(minutes=2)
    assert post.brings(mail(text="later")).state == "done"


def test_an_absence_note_joins_its_ticket_and_wakes_nobody(post, cast):
    ticket = cast.writes(cast.carla)
    reply = tickets.reply(ticket, by=cast.ada, text="Lo miro.", now=cast.now, status="resolved")
    row = post.brings(
        mail(
            subject="Automatic reply: Etiquetas",
            answers=reply.message_id.strip("<>"),
            Auto_Submitted="auto-replied",
        )
    )
    assert (row.message.ticket, row.message.auto) == (ticket, True)
    ticket.refresh_from_db()
    assert ticket.status == "resolved"


def test_an_absence_note_to_nothing_opens_no_ticket(post):
    row = post.brings(mail(subject="Out of office", Auto_Submitted="auto-replied"))
    assert (row.state, row.reason) == ("ignored", Reason.ROBOT)


def test_an_alert_of_a_machine_opens_a_ticket_marked_as_automatic(post):
    row = post.brings(mail(subject="Disk full", Auto_Submitted="auto-generated"))
    assert row.message.auto


def bounce_of(message_id, action="failed", status="5.1.1"):
    return (
        "From: MAILER-DAEMON@mx.example\nTo: support@desk.test\nSubject: Undelivered Mail\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=B\n\n"
        "--B\nContent-Type: text/plain\n\nIt could not be delivered.\n"
        "--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; carla@acme-outdoor.example\nAction: {action}\nStatus: {status}\n\n"
        f"--B\nContent-Type: text/rfc822-headers\n\nMessage-ID: {message_id}\n\n--B--\n"
    ).encode()


def test_a_bounce_marks_what_we_sent_and_tells_the_agent(post, cast):
    ticket = cast.writes(cast.carla)
    reply = tickets.reply(ticket, by=cast.ada, text="Lo miro.", now=cast.now)
    row = post.brings(bounce_of(reply.message_id), envelope_from="")
    reply.refresh_from_db()
    assert (row.state, row.message, reply.delivery) == ("done", reply, Message.Delivery.FAILED)
    assert [notice.kind for notice in unread(cast.ada)] == ["bounced"]
    assert Message.objects.count() == 2


def test_a_late_mail_is_no_failure_and_a_strange_bounce_no_ticket(post, cast):
    ticket = cast.writes(cast.carla)
    reply = tickets.reply(ticket, by=cast.ada, text="Lo miro.", now=cast.now)
    assert post.brings(bounce_of(reply.message_id, "delayed", "4.4.1")).reason == Reason.BOUNCE
    assert post.brings(bounce_of("<other@x.example>")).reason == Reason.BOUNCE
    reply.refresh_from_db()
    assert reply.delivery == Message.Delivery.WAITING
    assert Letter.objects.count() == 1
    assert Ticket.objects.count() == 1


def test_what_cannot_be_understood_is_kept_shown_and_retried(post, cast):
    row = post.brings(b"\r\n\r\n")
    assert (row.state, row.reason) == ("aside", Reason.UNREADABLE)
    assert row.error and row.content() == b"\r\n\r\n"
    actions.retry(row, by=cast.greta, now=cast.now)
    post.works()
    row.refresh_from_db()
    assert row.state == "aside"
    actions.ignore(row, by=cast.greta, now=cast.now)
    assert list(queries.left_alone()) == [row]
