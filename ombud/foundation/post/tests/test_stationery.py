"""What a letter looks like."""

import pytest

from ombud.foundation.people.models import Person
from ombud.foundation.post.models import Mailbox
from ombud.foundation.post.stationery import Sheet, signed


@pytest.fixture
def mailbox():
    return Mailbox(
        address="support@desk.test", language="es", signature="Parcelline <Support>\n+31 10 555 01 42"
    )


def test_signatures_stand_under_the_words(mailbox):
    text, html = signed("Hola Carla,", "<p>Hola Carla,</p>", mailbox, Person(name="Ada Lindqvist"))
    assert text == "Hola Carla,\n\n-- \nAda Lindqvist\n\nParcelline <Support>\n+31 10 555 01 42\n"
    assert "<p>Hola Carla,</p>" in html
    assert "Parcelline &lt;Support&gt;<br>\n+31 10 555 01 42" in html
    assert '<html lang="es">' in html


def test_a_person_s_own_signature_takes_the_place_of_the_name(mailbox):
    text, _html = signed(
        "Hola", "<p>Hola</p>", mailbox, Person(name="Ada Lindqvist", signature="Ada · customs")
    )
    assert "Ada · customs" in text
    assert "Lindqvist" not in text


def test_without_signatures_there_is_no_line(mailbox):
    mailbox.signature = ""
    text, html = signed("Hola", "<p>Hola</p>", mailbox)
    assert text == "Hola\n"
    assert "border-top" not in html


def test_what_is_answered_can_be_quoted(mailbox):
    quoted = {"intro": "Carla escribió:", "text": "38 paquetes\n<fuera>"}
    text, html = signed("Hola", "<p>Hola</p>", mailbox, quoted=quoted)
    assert text.endswith("\nCarla escribió:\n> 38 paquetes\n> <fuera>\n")
    assert "38 paquetes<br>\n&lt;fuera&gt;</blockquote>" in html


SHEET = Sheet(
    brand="Parcelline",
    accent="#1d5946",
    title="Labels <refused>",
    about="#1042 · update 6",
    parts=(("Where it stands", "We know the cause. It ships at <14:40>.\nhttps://parcelline.test/x"),),
    again=("You hear from us again by 16:00", "With news or without it."),
    button="Open your case",
    reach="Just answer this mail.",
    language="zh-hans",
)


def test_a_sheet_shows_parts_the_next_word_and_one_button(mailbox):
    link = ("See where it stands", "https://desk.test/c/x/")
    text, html = signed("Words.", "<p>Words.</p>", mailbox, sheet=SHEET, lines=[link])
    assert text.startswith("Words.\n\n-- \n")
    assert "See where it stands\nhttps://desk.test/c/x/\n" in text
    for said in (
        "Labels &lt;refused&gt;</h1>",
        "Where it stands</h2>",
        "We know the cause.</p>",
        "It ships at &lt;14:40&gt;.<br>",
        '<a href="https://parcelline.test/x">',
        "You hear from us again by 16:00</p>",
        "Parcelline &lt;Support&gt;<br>",
        '<html lang="zh-hans">',
    ):
        assert said in html, said
    assert html.count("https://desk.test/c/x/") == 1
    assert "<script" not in html and "<img" not in html and "flex" not in html


def test_a_sheet_of_a_desk_without_an_address_has_no_button(mailbox):
    _text, html = signed("Words.", "<p>Words.</p>", mailbox, sheet=SHEET)
    assert "Open your case" not in html
    assert 'href=""' not in html


def test_a_sheet_quotes_like_any_letter(mailbox):
    quoted = {"intro": "Carla escribió:", "text": "38 paquetes"}
    _text, html = signed("Words.", "<p>Words.</p>", mailbox, sheet=SHEET, quoted=quoted)
    assert "38 paquetes</blockquote>" in html
