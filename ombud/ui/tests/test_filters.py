"""Times, numbers and names as a reader wants them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation
from jinja2 import DictLoader

from ombud.ui import markup, times, values
from ombud.ui.jinja import environment

NOW = datetime(2026, 11, 19, 13, 36, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_rotterdam():
    with timezone.override("Europe/Amsterdam"), translation.override("en"):
        yield


def render(text, **context):
    return environment(loader=DictLoader({"page": text})).get_template("page").render(now=NOW, **context)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(minutes=31), "14:05"),
        (timedelta(days=1, hours=20, minutes=45), "Tue 17:51"),
        (timedelta(days=38), "12 Oct"),
        (timedelta(days=400), "15 Oct 2025"),
    ],
)
def test_a_time_is_as_short_as_it_can_be(before, words):
    assert times.when_words(NOW - before, NOW) == words


def test_a_time_says_all_of_itself_in_the_title():
    assert render("{{ now|when }}") == (
        '<time datetime="2026-11-19T14:36:00+01:00" '
        'title="Thursday, 19 November 2026, 14:36 (Europe/Amsterdam)">14:36</time>'
    )


def test_a_time_speaks_the_readers_language():
    with translation.override("zh-hans"):
        assert times.when_words(NOW - timedelta(days=38), NOW) == "10月12日"
    with translation.override("es"):
        assert times.ago_words(NOW - timedelta(minutes=3), NOW) == "hace 3 min"


def test_how_long_ago_goes_on_ticking():
    assert render("{{ at|ago }}", at=NOW - timedelta(minutes=3)).startswith('<om-time as="ago"><time')


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(40, "40 s"), (1440, "24 min"), (6720, "1 h 52"), (7200, "2 h"), (11100, "3 h 05"), (273600, "3 d 4 h")],
)
def test_a_duration_has_at_most_two_units(seconds, words):
    assert times.span(seconds) == words
    assert times.span(timedelta(seconds=seconds)) == words


def test_money_is_minor_units_of_a_currency():
    assert values.money(8400000, "EUR") == "€84,000"
    assert values.money(1999, "USD") == "US$19.99"
    assert values.money(5000, "JPY") == "JP¥5,000"


@pytest.mark.parametrize(
    ("name", "monogram"),
    [
        ("Ada Lindqvist", "AL"),
        ("林晓雯", "林"),
        ("Noor van Dijk", "ND"),
        ("Dr. Anneliese Hofmann-Wittgenstein", "AH"),
        ("carla@acme.example", "CA"),
        ("", "?"),
    ],
)
def test_a_monogram_is_two_letters_or_one_character(name, monogram):
    assert values.initials(name) == monogram


def test_what_people_typed_is_escaped_and_its_addresses_are_links():
    shown = markup.plain("<b>see</b> https://a.example/x?y=1.\nline\n\nnext")
    assert "&lt;b&gt;" in shown
    assert 'href="https://a.example/x?y=1"' in shown
    assert shown.count("<p>") == 2
    assert "javascript" not in markup.linkify("javascript:alert(1)").partition("href")[2]


def test_an_address_that_tries_to_leave_its_attribute_stays_in_it():
    assert 'onmouseover="' not in markup.linkify('https://a.example/"onmouseover="x')


def test_attributes_are_left_out_or_bare():
    assert markup.attrs({"hx_get": "/a?b&c", "disabled": True, "id": None, "class_": "x"}) == (
        ' hx-get="/a?b&amp;c" disabled class="x"'
    )


def test_gettext_is_newstyle_and_escapes_what_it_is_given():
    assert render("{{ _('Hello %(name)s', name='<b>') }}") == "Hello &lt;b&gt;"
    assert render("{{ ngettext('%(num)s ticket', '%(num)s tickets', 3) }}") == "3 tickets"


def test_a_list_is_joined_as_the_reader_writes_it():
    assert render("{{ names|listed }}", names=["Ada", "<Lin>"]) == "Ada, &lt;Lin&gt;"
    with translation.override("zh-hans"):
        assert render("{{ names|listed }}", names=["陈思远", "李梅"]) == "陈思远、李梅"
