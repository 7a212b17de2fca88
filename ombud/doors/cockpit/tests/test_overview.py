"""The overview: what hurts first first, who has it, what comes next; and that it stays quick."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ombud.doors.cockpit import ahead, wall
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Escalation
from ombud.spine.escalations.updates_due import work_updates
from ombud.spine.ladders import actions as ladders

pytestmark = pytest.mark.django_db
QUESTIONS = 26  # all that the page asks, the rail and who is signed in among it


@pytest.fixture
def now(cast):
    """The page shows the present, so the cast lives in it."""
    cast.now = timezone.now()
    assert cast.emil and cast.ines and cast.noor
    return cast.now


@pytest.fixture
def look(cast):
    """Opens the overview as somebody."""

    def look(person, path="/escalations/", expect=200, **query):
        answer = cast.signed_in(Client(), person).get(path, query)
        assert answer.status_code == expect, answer.status_code
        return answer.content.decode()

    return look


def raised(cast, customer, **fields):
    """An escalation on a new ticket of the customer's; critical, so that no hour of the day matters."""
    ticket = cast.writes(customer, subject=fields.pop("subject", "Etiquetas"))
    fields = {"reason": "impact", "severity": "critical", "by": cast.ada, "now": cast.now, **fields}
    return actions.raise_one(ticket, **fields)


def numbers(page, stage=None):
    if stage:
        page = page.partition(f'id="stage-{stage}"')[2].partition("</section>")[0]
    return [int(n) for n in re.findall(r'id="e-(\d+)"', page)]


def tally(page):
    return [int(n) for n in re.findall(r"</svg><b>(\d+)</b>", page)]


@pytest.mark.mission("M32")
def test_what_is_late_stands_first_and_is_counted(cast, now, look):
    late = raised(cast, cast.carla, now=now - timedelta(hours=2))
    work_updates(now)
    near = raised(cast, cast.rui, now=now - timedelta(minutes=25))
    running = raised(cast, cast.chen)
    waived = raised(cast, cast.mallory)
    actions.waive(waived, now + timedelta(days=2), "She asked for it.", by=cast.emil, now=now)
    page = look(cast.ines)
    assert numbers(page) == [late.number, near.number, running.number, waived.number]
    assert tally(page) == [1, 1, 1, 1]
    assert "<b>−1 h 30</b>" in page
    assert "0 of 1" in page  # the late one was due this week, and did not come


@pytest.mark.mission("M32")
def test_an_update_in_time_is_counted_as_kept(cast, now, look):
    escalation = raised(cast, cast.carla)
    actions.send_update(escalation, process="Lo miro.", by=cast.emil, now=now)
    page = look(cast.emil)
    assert "Updates kept this week" in page
    assert "1 of 1" in page
    assert "updated in time" in page


def test_a_missed_update_stays_missed_when_it_is_de_escalated(cast, now, look):
    late = raised(cast, cast.carla, now=now - timedelta(hours=2))
    raised(cast, cast.chen)
    work_updates(now)
    actions.de_escalate(late, "A mistake.", by=cast.emil, now=now)
    assert "0 of 1" in look(cast.emil)


@pytest.mark.mission("M16")
def test_a_card_says_who_leads_it_and_that_nobody_does(cast, now, look):
    raised(cast, cast.carla, manager=cast.emil)
    Escalation.objects.filter(pk=raised(cast, cast.chen).pk).update(manager=None)
    page = look(cast.ines)
    assert "Emil Okafor" in page
    assert "Nobody yet" in page


def test_each_stands_at_its_stage(cast, now, look):
    early, further = raised(cast, cast.carla), raised(cast, cast.chen)
    actions.send_update(further, process="看过了。", by=cast.emil, now=now)
    actions.set_brief(further, understood="Yes", impact="126 parcels", by=cast.emil, now=now)
    actions.reach(further, "investigated", by=cast.emil, now=now)
    page = look(cast.emil)
    assert numbers(page, "received") == [early.number]
    assert numbers(page, "investigated") == [further.number]


def test_what_is_over_stands_in_the_last_column(cast, now, look):
    over = raised(cast, cast.carla, title="Aduana de Cádiz")
    actions.de_escalate(over, "A mistake.", by=cast.emil, now=now)
    raised(cast, cast.chen)
    page = look(cast.emil)
    assert over.number not in numbers(page)
    assert "De-escalated" in page and "Aduana de Cádiz" in page


def test_filters_stand_in_the_address(cast, now, look):
    emils = raised(cast, cast.carla, manager=cast.emil)
    ineses = raised(cast, cast.chen, manager=cast.ines, severity="high")
    for query, kept in (
        ({"mine": 1}, emils),
        ({"manager": cast.ines.pk}, ineses),
        ({"severity": "high"}, ineses),
        ({"account": cast.acme.pk}, emils),
    ):
        assert numbers(look(cast.emil, **query)) == [kept.number], query
    assert numbers(look(cast.emil, manager="none")) == []
    assert numbers(look(cast.emil, stage="received")) == [emils.number, ineses.number]


def test_a_climb_is_drawn_and_says_who_is_next(cast, now, look):
    rungs = [
        {"whom": {"kind": "role", "of": "lead"}, "by": ["product"]},
        {"whom": {"kind": "person", "of": cast.noor.pk}, "after": 900, "by": ["product"]},
    ]
    draft = {"starts": [{"on": "by_hand"}], "rungs": rungs}
    ladder = ladders.keep_ladder(name="Help", draft=draft, by=None, now=now)
    ladders.publish(ladder, by=None, now=now)
    escalation = raised(cast, cast.carla)
    ladders.climb_now(escalation.tickets.get(), by=cast.ada, now=now)
    page = look(cast.ines)
    assert 'class="ladder" data-size="small"' in page
    assert "to Noor van Dijk" in page


@pytest.mark.mission("M25")
def test_what_happened_on_a_ladder_is_told_beside_the_wall(cast, now, look):
    escalation = raised(cast, cast.carla)
    rungs = [{"whom": {"kind": "person", "of": cast.ines.pk}, "by": ["product"]}]
    draft = {"starts": [{"on": "by_hand"}], "rungs": rungs}
    ladder = ladders.keep_ladder(name="Help", draft=draft, by=None, now=now)
    ladders.publish(ladder, by=None, now=now)
    climb = ladders.climb_now(escalation.tickets.get(), by=cast.ada, now=now)
    page = look(cast.noor)
    assert "<b>Acme Outdoor</b>: rung 1 is told" in page
    assert "<b>Acme Outdoor</b>: the last rung is told, and nobody has it" in page
    ladders.acknowledge(climb, by=cast.ines, now=now)
    assert "<b>Inés Ferrer</b> has it: <b>Acme Outdoor</b>" in look(cast.noor)


def test_without_any_it_teaches_how_one_is_raised(cast, now, look):
    page = look(cast.ada)
    assert "No customer is escalated" in page
    assert 'href="/inbox/"' in page


def test_a_wall_has_no_rail(cast, now, look):
    raised(cast, cast.carla)
    page = look(cast.emil, wall=1)
    assert 'class="rail"' not in page
    assert numbers(page)


def test_our_script_gets_the_wall_alone(cast, now, look):
    raised(cast, cast.carla)
    page = look(cast.emil, part=1)
    assert "<html" not in page
    assert numbers(page)


def test_a_light_role_sees_what_it_has_a_part_in(cast, now, look):
    acme, elsewhere = raised(cast, cast.carla), raised(cast, cast.mallory)
    assert numbers(look(cast.tomasz)) == [acme.number]
    assert numbers(look(cast.ines)) == [acme.number, elsewhere.number]
    assert numbers(look(cast.sofia)) == numbers(look(cast.jun)) == []


def test_a_stranger_is_asked_to_sign_in(cast, client):
    assert "/account/login/" in client.get("/escalations/").headers["Location"]


def test_it_asks_a_fixed_number_of_questions(cast, now):
    client = cast.signed_in(Client(), cast.emil)
    for customer in (cast.carla, cast.chen):
        raised(cast, customer)
    few = asked(client)
    for _more in range(12):
        raised(cast, cast.rui)
    assert asked(client) == few <= QUESTIONS


def asked(client):
    client.get("/escalations/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/escalations/").status_code == 200
    return len(captured)


def test_a_full_column_leads_to_the_rest(cast, now, look, monkeypatch):
    monkeypatch.setattr(wall, "MOST", 2)
    for _each in range(3):
        raised(cast, cast.carla)
    page = look(cast.emil)
    assert len(numbers(page)) == 2
    assert "1 more, due later" in page
    assert len(numbers(look(cast.emil, stage="received"))) == 3


def test_names_on_the_strip_do_not_cover_each_other():
    lanes = ahead._Lanes(2, 1 / 100)
    assert [lanes.take(at, "Acme Outdoor") for at in (0.1, 0.12, 0.14, 0.3)] == [0, 1, None, 0]
    assert ahead._letters("云海物流") == 8
