"""The ladder beside a ticket: who was told, who has it, and the buttons."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombud.foundation.events.tray import work_tray
from ombud.foundation.people import actions as people
from ombud.spine.ladders import actions
from ombud.spine.ladders.climbing_due import work_climbs
from ombud.spine.ladders.models import Climb, State
from ombud.spine.sla import actions as sla
from ombud.spine.sla.falling_due import work_promises
from ombud.spine.tickets import actions as tickets

RUNGS = [
    {"whom": {"kind": "holder"}, "by": ["product"]},
    {"whom": {"kind": "role", "of": "lead"}, "after": 900, "by": ["product", "mail"]},
    {"whom": {"kind": "role", "of": "head"}, "after": 1800, "by": ["mail"]},
]
IN_THE_LIST = 1  # questions that the mark of the ladder costs a list
WITHOUT_A_CLIMB = 1  # and a ticket
WITH_A_CLIMB = 6  # the climb, its tellings, who comes next, and what its lines in the thread name


@pytest.fixture
def ladder(cast):
    assert cast.ines and cast.noor
    draft = {"starts": [{"on": "broken"}, {"on": "by_hand"}], "rungs": RUNGS}
    ladder = actions.keep_ladder(name="Broken promises", draft=draft, by=None, now=cast.now)
    actions.publish(ladder, by=None, now=cast.now)
    return ladder


@pytest.fixture
def now_is(monkeypatch, cast):
    monkeypatch.setattr("django.utils.timezone.now", lambda: cast.now)


@pytest.fixture
def broken(cast, ladder, now_is):
    """The first reply is broken, Ada holds the ticket and was told, then Inés."""
    terms = {"targets": {"p3": {"first_reply": {"seconds": 3600}}}}
    sla.keep_policy(name="Hours", conditions={}, terms=terms, by=None, now=cast.now)
    ticket = cast.writes(cast.carla)
    tickets.assign(ticket, cast.ada, by=cast.ines, now=cast.now)
    pass_time(cast, hours=1)
    pass_time(cast, minutes=15)
    return ticket


def pass_time(cast, **span):
    now = cast.later(**span)
    while work_promises(now) + work_tray(now) + work_climbs(now):
        pass


def address(ticket, *more):
    return "/".join([f"/tickets/{ticket.number}", *map(str, more), ""])


def climb():
    return Climb.objects.select_related("held_by").get()


@pytest.mark.mission("M26")
def test_the_strip_says_who_was_told_and_who_comes_next(cast, broken, desk):
    page = desk(cast.ada).get(address(broken))
    panel = page.partition("ticket-ladder")[2].partition("</section>")[0]
    noor, ines, ada = (panel.index(name) for name in ("Noor van Dijk", "Inés Ferrer", "Ada Lindqvist"))
    assert noor < ines < ada, "it is read upwards"
    assert "told 14:51" in panel  # Inés
    assert "if nobody has it" in panel
    assert "Broken promises" in panel
    assert "Nobody has it yet" in page


@pytest.mark.mission("M25")
def test_who_has_it_stands_on_the_filled_rung(cast, broken, desk):
    answer = desk(cast.ines).ask(address(broken, "climbs", climb().pk, "have"))
    assert answer["words"] == "You have it. Nobody else is told."
    page = desk(cast.ada).get(address(broken))
    assert 'data-state="held"' in page
    assert "has it since 14:51" in page
    assert "Inés Ferrer has it" in page
    assert "has it: nobody else is told" in page, "and the timeline says so"


@pytest.mark.mission("M25")
def test_the_second_is_told_politely_who_was_quicker(cast, broken, desk):
    desk(cast.ines).ask(address(broken, "climbs", climb().pk, "have"))
    answer = desk(cast.emil).ask(address(broken, "climbs", climb().pk, "have"), expect=422)
    assert answer["error"] == "Inés Ferrer has it since 14:51. Nobody else is told. Thank you."


def test_who_lets_go_lets_the_next_be_told(cast, broken, desk):
    desk(cast.ines).ask(address(broken, "climbs", climb().pk, "have"))
    desk(cast.ines).ask(address(broken, "climbs", climb().pk, "let-go"))
    assert climb().rung == 3
    desk(cast.ada).ask(address(broken, "climbs", climb().pk, "let-go"), expect=422)


def test_nobody_needs_to_wait(cast, broken, desk):
    answer = desk(cast.ada).ask(address(broken, "climb"))
    assert "Rung 3" in answer["words"]
    assert "Climbed to rung 3" in desk(cast.ada).get(address(broken))


@pytest.mark.mission("M26")
def test_a_ladder_is_climbed_by_hand(cast, ladder, now_is, desk):
    ticket = cast.writes(cast.carla)
    tickets.assign(ticket, cast.lin, by=cast.ines, now=cast.now)
    page = desk(cast.ada).get(address(ticket))
    assert "Ask for help" in page
    desk(cast.ada).ask(address(ticket, "climb"))
    assert "林晓雯" in desk(cast.ada).get(address(ticket)).partition("ticket-ladder")[2]


def test_without_a_ladder_it_says_so(cast, desk):
    ticket = cast.writes(cast.carla)
    answer = desk(cast.ada).ask(address(ticket, "climb"), expect=422)
    assert "No ladder is there" in answer["error"]


def test_a_light_role_can_have_it_but_not_climb(cast, broken, desk):
    people.keep_account(account=cast.acme, seats={"ae": cast.jun}, by=None, now=cast.now)
    page = desk(cast.jun).get(address(broken))
    assert "I have it" in page
    assert "Climb now" not in page
    desk(cast.jun).ask(address(broken, "climb"), expect=403)
    desk(cast.jun).ask(address(broken, "climbs", climb().pk, "have"))
    assert climb().held_by == cast.jun


def test_another_tickets_climb_is_not_there(cast, broken, desk):
    other = cast.writes(cast.carla)
    desk(cast.ines).post(address(other, "climbs", climb().pk, "have"), expect=404)
    assert climb().state == State.CLIMBING


def test_a_row_of_the_list_says_that_a_ladder_is_climbed(cast, broken, desk):
    other = cast.writes(cast.chen)
    rows = desk(cast.ada).get("/inbox/all/").partition('id="rows"')[2].split('id="row-')[1:]
    marked = {int(row.partition('"')[0]) for row in rows if "#i-ladder" in row}
    assert marked == {broken.number}
    assert other.number not in marked


def questions(ask):
    ask()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask()
    return [one["sql"] for one in asked.captured_queries]


def of_ladders(asked):
    return [sql for sql in asked if "ladders_" in sql]


def test_what_it_costs(cast, broken, desk):
    ada, quiet = desk(cast.ada), cast.writes(cast.chen)
    assert len(of_ladders(questions(lambda: ada.get("/inbox/all/")))) == IN_THE_LIST
    assert len(of_ladders(questions(lambda: ada.get(address(quiet), part="thread")))) == WITHOUT_A_CLIMB
    with_it = len(questions(lambda: ada.get(address(broken), part="thread")))
    actions.end(climb(), "resolved", now=cast.now)
    without = len(questions(lambda: ada.get(address(broken), part="thread")))
    assert with_it - without <= WITH_A_CLIMB - WITHOUT_A_CLIMB
