"""The hub reads the log forwards and tells each event once, also when numbers become visible out of order."""

from datetime import UTC, datetime

import pytest

from ombud.config.hub.news import MOST, News, told
from ombud.foundation.events.models import Event

NOW = datetime(2026, 11, 19, 13, 36, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def happen(number):
    return Event.objects.create(id=number, verb="ticket.opened", happened_at=NOW, data={})


def test_what_was_there_before_is_no_news():
    happen(5)
    assert News().fresh() == []


def test_each_event_is_told_once():
    news = News()
    happen(1), happen(2)
    assert [row[0] for row in news.fresh()] == [1, 2]
    happen(3)
    assert [row[0] for row in news.fresh()] == [3]
    assert news.fresh() == []


@pytest.mark.postgres
def test_a_number_that_becomes_visible_late_is_told_all_the_same():
    happen(10)
    news = News()
    happen(13)
    assert [row[0] for row in news.fresh()] == [13]
    happen(11), happen(12)
    assert [row[0] for row in news.fresh()] == [11, 12]
    assert news.last == 13
    assert news.fresh() == []


def test_a_browser_is_told_ids_and_verbs():
    rows = [(1, "ticket.opened", 7), (2, "ticket.replied", 7), (3, "role.granted", None)]
    assert told(rows, 3) == {
        "cases": [7],
        "verbs": ["role.granted", "ticket.opened", "ticket.replied"],
        "last": 3,
    }


def test_too_much_at_once_is_told_as_everything():
    assert told([(number, "ticket.opened", 1) for number in range(MOST + 1)], 9)["everything"] is True
