"""Sentences and components that are remembered say the same as if they were not."""

from django.template import engines
from django.utils import translation
from jinja2 import DictLoader
from markupsafe import Markup

from ombud.ui.jinja import environment


def render(text, **context):
    return environment(loader=DictLoader({"page": text})).get_template("page").render(**context)


def test_a_sentence_is_said_in_each_readers_own_language():
    for code, word in (("en", "Search"), ("es", "Buscar"), ("en", "Search")):
        with translation.override(code):
            assert render("{{ _('Search') }}") == word


def test_what_is_filled_in_is_escaped():
    assert render("{{ _('Hello %(name)s', name='<b>') }}") == "Hello &lt;b&gt;"


def test_two_per_cent_signs_are_one():
    assert render("{{ _('100%%') }} {{ _('%(n)s%%', n=3) }}") == "100% 3%"


def test_an_avatar_of_a_plain_name_is_escaped_after_one_that_was_safe():
    page = engines["jinja2"].env.from_string("{{ ui.avatar(name, title=True) }}")
    assert 'title="<i>"' in page.render(name=Markup("<i>"))
    assert 'title="&lt;i&gt;"' in page.render(name="<i>")


def test_a_remembered_row_speaks_each_readers_language():
    page = engines["jinja2"].env.from_string("{{ ui.row('/1/', 'Carla', 'Labels', value=1, holder=None) }}")
    with translation.override("en"):
        assert 'title="Nobody yet"' in page.render()
    with translation.override("es"):
        assert 'title="Nobody yet"' not in page.render()
