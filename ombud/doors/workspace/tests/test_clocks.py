"""Lists stand in the order of their clocks, and each row shows its own."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from ombud.foundation.post import events as post
from ombud.spine.sla import actions as sla
from ombud.spine.sla.falling_due import work_promises
from ombud.spine.tickets import actions as tickets
from tests.cast import Cast

from .test_lists import asked

HOUR = 3600


@pytest.fixture
def cast(db):
    """Today: pages ask the real clock."""
    return Cast(now=timezone.now().replace(microsecond=0) - timedelta(hours=2))


@pytest.fixture
def gold(cast):
    """Two hours, or one for what is critical, or four for what is small; nothing for other tiers."""
    hours = {"p1": 1, "p2": 2.5, "p3": 12, "p4": 48}
    targets = {level: {"first_reply": {"seconds": int(hour * HOUR)}} for level, hour in hours.items()}
    targets["p3"]["resolution"] = {"seconds": 96 * HOUR}
    terms = {"targets": targets, "pauses": ["waiting"]}
    return sla.keep_policy(name="Gold", conditions={"tiers": ["gold"]}, terms=terms, by=None, now=cast.now)


@pytest.fixture
def four(cast, gold):
    """Broken an hour ago, due in half an hour, due in ten hours, and one to whom nothing was promised."""
    running = cast.writes(cast.carla, subject="Running")
    broken = cast.writes(cast.carla, subject="Broken", severity="critical", urgency="high")
    near = cast.writes(cast.rui, subject="Near", severity="high")
    other = cast.writes(cast.mallory, subject="No promise")
    work_promises(timezone.now())
    return broken, near, running, other


def rows(page):
    return [int(number) for number in re.findall(r'id="row-(\d+)"', page)]


def row(page, ticket):
    return re.search(rf'<li class="row"[^>]*id="row-{ticket.number}".*?</li>', page, re.S)[0]


def headings(page):
    return re.findall(
        r'<li class="row-group"><h2>(.*?)</h2>(?:<span class="number faint">(\d+)</span>)?', page
    )


@pytest.mark.mission("M11")
def test_the_list_stands_in_the_order_of_its_clocks(cast, desk, four):
    page = desk(cast.ines).get("/inbox/all/")
    assert rows(page) == [ticket.number for ticket in four]
    *clocked, _without = headings(page)
    assert clocked == [("Broken", "1"), ("Near", "1"), ("Running", "1")]


@pytest.mark.mission("M11")
def test_a_row_shows_the_ring_and_the_words_of_its_most_urgent_promise(cast, desk, four):
    page = desk(cast.ines).get("/inbox/all/")
    broken, near, running, other = four
    assert 'data-time="broken"' in row(page, broken)
    assert re.search(r"<om-due><time[^>]*>60 min ago</time>|1 hr ago</time>", row(page, broken))
    assert 'data-time="near"' in row(page, near)
    assert re.search(r">(29|30) min</time>", row(page, near))
    assert 'data-time="running"' in row(page, running)
    assert 'title="First reply · ' in row(page, running)
    assert "data-time" not in row(page, other).partition(">")[0]


def test_the_bar_says_how_much_of_the_list_burns(cast, desk, four):
    page = desk(cast.ines).get("/inbox/all/")
    assert "1 broken · 1 near · 1 running · 1 without a running clock" in page


def test_a_paused_promise_has_its_ring_but_no_time(cast, desk, gold):
    ticket = cast.writes(cast.carla)
    message = tickets.reply(ticket, by=cast.ada, text="Gracias.", now=cast.now)
    post.LETTER_SENT.record(case=ticket.case_id, now=cast.now, letter=message.letter_id)
    page = desk(cast.ines).get("/inbox/all/")
    assert 'data-time="paused"' in row(page, ticket)
    assert "om-due" not in row(page, ticket)
    assert headings(page) == [("Waiting for customer", "1")]


@pytest.mark.parametrize("view", ["mine", "nobody", "all"])
def test_each_ticket_stands_on_the_pages_of_a_list_once(cast, desk, gold, monkeypatch, view):
    monkeypatch.setattr("ombud.doors.workspace.inbox.PAGE", 3)
    monkeypatch.setattr("ombud.doors.workspace.inbox.page.__defaults__", ("", 3))
    customers = [
        cast.carla,
        cast.mallory,
        cast.rui,
        cast.carla,
        cast.mallory,
        cast.carla,
        cast.rui,
        cast.carla,
    ]
    made = [cast.writes(customer) for customer in customers]
    if view == "mine":
        for ticket in made:
            tickets.assign(ticket, cast.ada, by=cast.ines, now=cast.now)
    ada, seen, more = desk(cast.ada), [], f"/inbox/{view}/"
    while more:
        page = ada.get(more)
        seen += rows(page)
        found = re.search(r'class="more" data-more="([^"]+)"', page)
        more = found and found[1].replace("&amp;", "&")
    assert sorted(seen) == sorted(ticket.number for ticket in made)
    assert len(seen) == len(made)


def test_what_waits_for_the_customer_is_whole_with_and_without_clocks(cast, desk, gold):
    promised, other = cast.writes(cast.carla), cast.writes(cast.mallory)
    for ticket in (promised, other):
        tickets.set_status(ticket, "waiting", by=cast.ada, now=cast.now)
    assert rows(desk(cast.ines).get("/inbox/waiting/")) == [promised.number, other.number]


def test_the_oldest_untouched_is_named_whether_promised_or_not(cast, desk, gold):
    oldest = cast.writes(cast.carla)
    cast.later(minutes=1)
    cast.writes(cast.mallory)
    page = desk(cast.ines).get("/inbox/oldest/")
    assert rows(page)[0] == oldest.number


def test_clocks_cost_two_questions_however_many_rows(cast, desk, gold):
    ines = desk(cast.ines)
    for _ticket in range(3):
        cast.writes(cast.carla)
    ines.get("/inbox/all/")
    few = asked(ines, "/inbox/all/")
    for _ticket in range(12):
        cast.writes(cast.carla)
    assert asked(ines, "/inbox/all/") == few <= 16
