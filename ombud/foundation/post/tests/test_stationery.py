"""What a letter looks like."""

import pytest

from ombud.foundation.people.models import Person
from ombud.foundation.post.models import Mailbox
from ombud.foundation.post.stationery import signed


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
