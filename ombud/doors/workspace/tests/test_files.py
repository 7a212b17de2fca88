"""Attachments, originals and strangers' HTML."""

import pytest

from ombud.lib import files
from ombud.spine.tickets import actions
from ombud.spine.tickets.said import Enclosed, Said

pytestmark = pytest.mark.django_db
MAIL = (
    '<div>Hola <img src="cid:logo@acme"><img data-src-blocked="https://tracker.example/x.png"></div>'
    '<div class="gmail_quote"><blockquote>Antes</blockquote></div>'
)


@pytest.fixture
def ticket(cast):
    png, html = files.keep(b"\x89PNG picture"), files.keep(b"<script>alert(1)</script>")
    said = Said(
        text="Hola",
        html=MAIL,
        subject="Con logo",
        raw=files.keep(b"From: carla\r\n\r\nHola"),
        from_address=cast.carla.email,
        happened_at=cast.now,
        attachments=[
            Enclosed("logo.png", "image/png", 12, png, inline=True, content_id="<logo@acme>"),
            Enclosed("foto ñ.png", "image/png", 12, png),
            Enclosed("evil.html", "text/html", 25, html),
        ],
    )
    return actions.open_ticket(said, customer=cast.carla, channel="email", mailbox=cast.mailbox, now=cast.now)


def address(ticket, name):
    row = ticket.first_message.attachments.get(name=name)
    return f"/attachments/{row.pk}/{name}"


def test_a_picture_is_shown_and_everything_else_is_downloaded(cast, desk, ticket):
    client = desk(cast.ada).client
    picture, page = client.get(address(ticket, "foto ñ.png")), client.get(address(ticket, "evil.html"))
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.headers["Content-Disposition"].startswith("inline")
    assert page.headers["Content-Type"] == "application/octet-stream"
    assert page.headers["Content-Disposition"].startswith("attachment")
    assert {answer.headers["X-Content-Type-Options"] for answer in (picture, page)} == {"nosniff"}
    assert b"".join(picture.streaming_content) == b"\x89PNG picture"


def test_a_file_is_only_for_those_who_see_its_ticket(cast, desk, ticket):
    path = address(ticket, "evil.html")
    desk(cast.sofia).get(path, expect=404)
    desk(cast.sofia).get(f"/messages/{ticket.first_message.pk}/original/", expect=404)
    desk(cast.sofia).get(f"/messages/{ticket.first_message.pk}/letter/", expect=404)
    assert desk(cast.tomasz).client.get(path).status_code == 200


def test_the_original_mail_is_downloaded_as_it_came(cast, desk, ticket):
    answer = desk(cast.ada).client.get(f"/messages/{ticket.first_message.pk}/original/")
    assert b"".join(answer.streaming_content) == b"From: carla\r\n\r\nHola"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_html_is_shut_in_a_frame_with_its_own_pictures_and_no_others(cast, desk, ticket):
    ada, path = desk(cast.ada), f"/messages/{ticket.first_message.pk}/letter/"
    assert f'src="{path}"' in ada.get(f"/tickets/{ticket.number}/")
    answer = ada.client.get(path)
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    letter = answer.content.decode()
    assert "/logo.png" in letter and "cid:" not in letter
    assert ' src="https://tracker.example' not in letter
    assert ' src="https://tracker.example/x.png"' in ada.get(path, images="1")


def test_what_was_quoted_is_folded(cast, desk, ticket):
    letter = desk(cast.ada).get(f"/messages/{ticket.first_message.pk}/letter/")
    assert letter.index("Hola") < letter.index("<details>") < letter.index("Antes")


def test_pictures_in_the_letter_are_not_named_again_below_it(cast, desk, ticket):
    page = desk(cast.ada).get(f"/tickets/{ticket.number}/")
    assert ">evil.html<" in page and ">logo.png<" not in page


def test_a_letter_of_words_and_links_stands_on_our_own_paper(cast, desk):
    html = (
        '<div>Hola <b>Ada</b>, <a href="https://acme.example/a">mire</a></div>'
        '<div class="gmail_quote"><blockquote>Antes</blockquote></div>'
    )
    said = Said(text="Hola Ada", html=html, from_address=cast.carla.email, happened_at=cast.now)
    ticket = actions.open_ticket(said, customer=cast.carla, channel="email", now=cast.now)
    page = desk(cast.ada).get(f"/tickets/{ticket.number}/")
    assert "Hola <b>Ada</b>" in page and "<om-frame" not in page
    assert page.index("Hola <b>Ada</b>") < page.index('class="quoted"') < page.index("Antes")
