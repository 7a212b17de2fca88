"""What there is on a ticket at all is asked in one statement, and only that is then asked for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombud.doors.workspace import glance, presence
from ombud.lib.glance import Glance
from ombud.spine.tickets import actions
from ombud.spine.tickets.models import Tagging
from ombud.ui import panels
from ombud.ui.panels import ABOUT, Panel, only_where


@pytest.fixture
def ticket(cast):
    return cast.writes(cast.carla)


def test_a_glance_is_one_statement_and_sees_what_came_since(cast, ticket):
    before = glance.at(ticket, cast.ada, cast.now)
    assert not before["tags"]
    assert not before["drafts"]
    actions.tag(ticket, "export", by=cast.ada, now=cast.now)
    actions.save_draft(ticket, by=cast.ada, kind="reply", html="<p>Hola</p>", now=cast.now)
    with CaptureQueriesContext(connection) as asked:
        after = glance.at(ticket, cast.ada, cast.now)
    assert len(asked) == 1
    assert after["tags"]
    assert after["drafts"]


def test_a_glance_keeps_to_the_ticket_and_to_who_looks(cast, ticket):
    presence.be_here(ticket, cast.lin, "reading", now=cast.now)
    assert glance.at(ticket, cast.ada, cast.now)["others"]
    assert not glance.at(ticket, cast.lin, cast.now)["others"]
    assert not glance.at(cast.writes(cast.chen), cast.ada, cast.now)["others"]


def test_a_glance_can_count(cast, ticket):
    for word in ("export", "invoice"):
        actions.tag(ticket, word, by=cast.ada, now=cast.now)
    look = Glance({"tags": lambda: Tagging.objects.filter(ticket=ABOUT)}, counted=["tags"])
    assert look(about=ticket.pk) == {"tags": 2}
    assert Glance({})() == {}


def test_a_panel_with_a_question_is_asked_only_where_it_finds_something(cast, ticket, monkeypatch):
    called = []

    @only_where(lambda: Tagging.objects.filter(ticket=ABOUT))
    def tagged(about, person, now):
        called.append(about)
        return Panel("tagged.html")

    monkeypatch.setattr(panels, "plugged", lambda kind: [tagged])
    panels.questions.cache_clear()
    panels._glance.cache_clear()
    try:
        assert panels.panels("some", ticket, cast.ada, cast.now) == {"beside": [], "above": []}
        assert called == []
        actions.tag(ticket, "export", by=cast.ada, now=cast.now)
        assert panels.panels("some", ticket, cast.ada, cast.now)["beside"] == [Panel("tagged.html")]
    finally:
        panels.questions.cache_clear()
        panels._glance.cache_clear()
