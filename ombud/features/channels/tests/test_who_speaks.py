"""Customers, colleagues, third parties: who wrote decides what their mail becomes."""

import pytest

from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Message
from ombud.spine.tickets.numbers import token_of

from .letters import mail

pytestmark = pytest.mark.django_db
Kind = Message.Kind
FORWARDED = """Can you look at this?

---------- Forwarded message ---------
From: Carla Benítez <carla@acme-outdoor.example>
Date: Mon, 2 Mar 2026 at 09:00
Subject: Etiquetas
To: Tomasz Zieliński <tomasz@parcelline.example>

La aduana ha rechazado 38 paquetes.
"""


def address_of(ticket):
    return f"support+{token_of(ticket)}@desk.test"


def test_a_colleagues_mail_to_the_ticket_is_a_note(post, cast):
    ticket = cast.writes(cast.carla)
    to = address_of(ticket)
    row = post.brings(mail(sender=cast.ada.email, to=to, text="I called her."), envelope_to=[to])
    assert (row.message.ticket, row.message.kind, row.message.by_person) == (ticket, Kind.NOTE, cast.ada)


def test_a_colleagues_mail_to_the_customer_with_us_in_copy_is_a_reply_that_has_left(post, cast):
    ticket = cast.writes(cast.carla)
    row = post.brings(
        mail(sender=cast.ada.email, to=cast.carla.email, cc=address_of(ticket), text="Hola Carla"),
        envelope_to=[address_of(ticket)],
    )
    assert (row.message.kind, row.message.delivery) == (Kind.REPLY, Message.Delivery.SENT)
    ticket.refresh_from_db()
    assert ticket.status == "waiting"


def test_who_only_pretends_to_be_one_of_ours_is_no_colleague(post, cast):
    ticket = cast.writes(cast.carla)
    row = post.brings(
        mail(
            sender=cast.ada.email,
            to=cast.carla.email,
            cc=address_of(ticket),
            Authentication_Results="mx.desk.test; dmarc=fail header.from=parcelline.example",
        ),
        envelope_to=[address_of(ticket)],
    )
    assert row.message.kind == Kind.RECEIVED
    assert row.message.by_person is None


def test_what_a_colleague_passes_on_belongs_to_whoever_wrote_it(post, cast):
    row = post.brings(mail(sender=cast.tomasz.email, subject="Fwd: Etiquetas", text=FORWARDED))
    ticket = row.message.ticket
    assert (ticket.customer.email, ticket.subject) == ("carla@acme-outdoor.example", "Etiquetas")
    assert (ticket.heard_by, row.message.text) == (cast.tomasz, "La aduana ha rechazado 38 paquetes.")
    assert ticket.messages.get(kind=Kind.NOTE).text == "Can you look at this?"


def test_a_third_partys_answer_is_a_note(post, cast):
    ticket = cast.writes(cast.carla)
    asked = tickets.forward(
        ticket, by=cast.ada, now=cast.now, to=[["Aduana", "info@customs.example"]], text="Why?"
    )
    row = post.brings(
        mail(sender="info@customs.example", answers=asked.message_id.strip("<>"), text="A form is missing.")
    )
    assert (row.message.ticket, row.message.kind) == (ticket, Kind.THIRD_PARTY)
    to = address_of(ticket)
    again = post.brings(mail(sender="info@customs.example", to=to, text="Number 12."), envelope_to=[to])
    assert again.message.kind == Kind.THIRD_PARTY


def test_inline_images_are_kept_and_named_by_their_content_id(post):
    raw = (
        b"From: carla@acme-outdoor.example\nSubject: See\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n"
        b'<p>Here: <img src="cid:pic@1"></p>\n--B\nContent-Type: image/png\nContent-ID: <pic@1>\n'
        b"Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--B--\n"
    )
    message = post.brings(raw).message
    image = message.attachments.get()
    assert (image.inline, image.content_id, message.has_attachments) == (True, "pic@1", False)
    assert "cid:pic@1" in message.html
