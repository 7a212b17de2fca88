"""What is promised on a ticket, why it is due then, and the clocks that its writers keep."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from ombud.foundation.clock import actions as clock
from ombud.foundation.clock.queries import default_calendar
from ombud.foundation.events.tray import work_tray
from ombud.foundation.post import events as post
from ombud.spine.sla import actions as sla
from ombud.spine.sla.falling_due import work_promises
from ombud.spine.sla.models import Offer, Promise
from ombud.spine.tickets import actions as tickets
from tests.cast import Cast

from .test_lists import asked

HOUR = 3600
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.fixture
def cast(db):
    """Today: pages ask the real clock."""
    cast = Cast(now=timezone.now().replace(microsecond=0) - timedelta(hours=2))
    cast.ada.time_zone = "Europe/Amsterdam"
    cast.ada.save()
    return cast


@pytest.fixture
def gold(cast):
    """Counted around the clock but for the minute before midnight, so that every day has a break."""
    plan = {"timezone": "Europe/Amsterdam", "hours": {day: [["00:00", "23:59"]] for day in DAYS}}
    week = clock.keep_calendar(calendar=default_calendar(), name="Support", plan=plan, by=None, now=cast.now)
    p3 = {
        "first_reply": {"seconds": 4 * HOUR, "calendar": week.pk},
        "next_reply": {"seconds": 4 * HOUR, "calendar": week.pk},
        "update": {"seconds": 8 * HOUR},
        "resolution": {"seconds": 24 * HOUR, "calendar": week.pk},
    }
    terms = {"targets": {"p3": p3, "p1": {"first_reply": {"seconds": 600}}}, "pauses": ["waiting"]}
    return sla.keep_policy(name="Gold", conditions={"tiers": ["gold"]}, terms=terms, by=None, now=cast.now)


@pytest.fixture
def ticket(cast, gold):
    return cast.writes(cast.carla)


def replies(cast, ticket, text="Lo miramos hoy.", **more):
    message = tickets.reply(ticket, by=cast.ada, text=text, now=cast.now, **more)
    post.LETTER_SENT.record(case=ticket.case_id, now=cast.now, letter=message.letter_id)
    return message


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def head(page):
    return words(
        re.search(
            r'<div class="ticket-promises".*?</div>\s*(?=</header>|<div class="banner|<div)', page, re.S
        )[0]
    )


def promise(ticket, kind):
    return Promise.objects.filter(ticket=ticket, kind=kind).latest("id")


@pytest.mark.mission("M11")
def test_the_head_shows_each_clock(cast, desk, ticket):
    page = desk(cast.ada).get(f"/tickets/{ticket.number}/")
    assert re.search(r"First reply in 1 h 5\d|First reply in 2 h", head(page))
    assert re.search(r"Resolution in 2[12] h", head(page))


@pytest.mark.mission("M11")
def test_it_says_what_was_kept_what_waits_and_what_broke(cast, desk, ticket):
    cast.later(minutes=11)
    replies(cast, ticket)
    page = head(desk(cast.ada).get(f"/tickets/{ticket.number}/"))
    assert "First reply kept in 11 min" in page
    assert "Next update paused: waiting for customer" in page
    assert "Resolution paused" in page  # for the same reason, which is not said twice
    other = cast.writes(cast.rui, severity="critical", urgency="high")
    work_promises(timezone.now())
    assert "First reply broken 2 hr ago" in head(desk(cast.ada).get(f"/tickets/{other.number}/"))


@pytest.mark.mission("P5")
def test_a_due_time_is_explained_line_by_line_beside_the_time_lived(cast, desk, ticket):
    page = desk(cast.ada).get(f"/tickets/{ticket.number}/promises/{promise(ticket, 'resolution').pk}/")
    said = words(page)
    assert re.search(r"Resolution due (today|\w{3}) \d\d:\d\d", said)
    assert re.search(r"\d\d:\d\d in Las Palmas", said)
    assert "Carla asked" in said
    assert "Promised within, P3 · Gold 24 h" in said
    assert "Working time promised 24 h" in said
    assert "Carla has lived 2 h" in said
    assert re.search(r"23:59 – \w{3} 00:00 night —", said)
    assert "Support" in said


def test_a_paused_one_says_what_is_left(cast, desk, ticket):
    cast.later(minutes=30)
    replies(cast, ticket)
    said = words(desk(cast.ada).get(f"/tickets/{ticket.number}/promises/{promise(ticket, 'resolution').pk}/"))
    assert "paused: waiting for customer —" in said
    # A minute less when midnight lies within: it is closed then.
    assert re.search(r"Counted so far; 23 h 3[01] min left (30|29) min", said)


def test_nobody_reads_why_on_a_ticket_that_is_not_theirs(cast, desk, ticket):
    pk = promise(ticket, "resolution").pk
    tickets.set_team(ticket, cast.team("Legal", cast.ines, private=True), by=cast.ines, now=cast.now)
    desk(cast.ada).get(f"/tickets/{ticket.number}/promises/{pk}/", expect=404)
    other = cast.writes(cast.mallory)
    desk(cast.ada).get(f"/tickets/{other.number}/promises/{pk}/", expect=404)


def test_the_thread_shows_what_was_kept_and_broken_and_folds_the_rest(cast, desk, ticket):
    cast.later(minutes=11)
    replies(cast, ticket)
    page = desk(cast.ada).get(f"/tickets/{ticket.number}/")
    assert "Kept: First reply" in words(page)
    folded = [words(one) for one in re.findall(r'<details class="fold".*?</details>', page, re.S)]
    assert any("2 changes of clocks" in one and "Promised: Resolution by" in one for one in folded)


def test_the_panel_says_all_that_was_promised_and_by_which_policy(cast, desk, ticket):
    replies(cast, ticket)
    page = desk(cast.ada).get(f"/tickets/{ticket.number}/")
    panel = words(page[page.index("<om-drawer") :])
    assert "Promised P3 · Gold" in panel
    assert "1 earlier promise First reply kept in" in panel


class TestOffers:
    @pytest.fixture
    def offer(self, cast, ticket):
        cast.now = timezone.now()
        replies(cast, ticket, "Lo siento. Le llamo mañana a las 15:00.")
        while work_tray(cast.now):
            pass
        return Offer.objects.get()

    @pytest.mark.mission("M14")
    def test_who_names_a_time_is_asked_for_a_clock(self, cast, desk, ticket, offer):
        page = words(desk(cast.ada).get(f"/tickets/{ticket.number}/"))
        assert "“Le llamo mañana a las 15:00.” Keep a clock on it?" in page
        assert "16:00 15:00 in Las Palmas" in page
        assert "Keep a clock on it?" not in desk(cast.ines).get(f"/tickets/{ticket.number}/")

    @pytest.mark.mission("M14")
    def test_taken_it_runs_with_the_others_until_it_is_done(self, cast, desk, ticket, offer):
        ada = desk(cast.ada)
        said = ada.ask(f"/tickets/{ticket.number}/offers/{offer.pk}/accept/")
        assert said["words"].startswith("A clock runs until ")
        page = ada.get(f"/tickets/{ticket.number}/")
        assert "Le llamo mañana a las 15:00." in head(page)
        assert "Keep a clock on it?" not in page
        word = promise(ticket, "word")
        assert f"/promises/{word.pk}/done/" in page
        assert "Ada Lindqvist promised" in words(ada.get(f"/tickets/{ticket.number}/promises/{word.pk}/"))
        ada.ask(f"/tickets/{ticket.number}/promises/{word.pk}/done/")
        assert "earlier promise" in words(ada.get(f"/tickets/{ticket.number}/"))
        assert promise(ticket, "word").state == "kept"

    def test_another_time_is_on_the_readers_clock(self, cast, desk, ticket, offer):
        desk(cast.ada).ask(f"/tickets/{ticket.number}/offers/{offer.pk}/accept/", due="2036-03-02T09:30")
        due = timezone.localtime(promise(ticket, "word").due_at, timezone.get_default_timezone())
        assert due.year == 2036

    @pytest.mark.parametrize("due", ["nonsense", "2020-01-01T10:00"])
    def test_what_is_no_time_to_come_is_refused(self, cast, desk, ticket, offer, due):
        path = f"/tickets/{ticket.number}/offers/{offer.pk}/accept/"
        assert desk(cast.ada).ask(path, expect=422, due=due)["error"]
        assert not Promise.objects.filter(kind="word").exists()

    def test_declined_it_is_gone(self, cast, desk, ticket, offer):
        desk(cast.ada).ask(f"/tickets/{ticket.number}/offers/{offer.pk}/decline/")
        assert "Keep a clock on it?" not in desk(cast.ada).get(f"/tickets/{ticket.number}/")

    def test_nobody_takes_it_for_another(self, cast, desk, ticket, offer):
        desk(cast.ines).ask(f"/tickets/{ticket.number}/offers/{offer.pk}/accept/", expect=403)

    def test_withdrawn_it_says_so(self, cast, desk, ticket, offer):
        ada = desk(cast.ada)
        ada.ask(f"/tickets/{ticket.number}/offers/{offer.pk}/accept/")
        word = promise(ticket, "word")
        ada.ask(f"/tickets/{ticket.number}/promises/{word.pk}/withdraw/")
        assert "It was withdrawn." in words(ada.get(f"/tickets/{ticket.number}/promises/{word.pk}/"))


def test_promises_cost_three_questions_however_many(cast, desk, ticket, gold):
    other, ada = cast.writes(cast.mallory), desk(cast.ada)
    for one in (ticket, other):
        ada.get(f"/tickets/{one.number}/?part=ticket")
    without = asked(ada, f"/tickets/{other.number}/?part=ticket")
    for _reply in range(4):
        cast.later(minutes=1)
        replies(cast, ticket)
    assert asked(ada, f"/tickets/{ticket.number}/?part=ticket") <= without + 6
