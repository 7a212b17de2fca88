"""The replay's page: what a lead sees of a draft before switching it on."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ombud.features.simulator.models import Simulation
from ombud.features.simulator.working import work_simulations
from ombud.foundation.events.tray import work_tray
from ombud.spine.ladders import actions
from ombud.spine.ladders.climbing_due import work_climbs
from ombud.spine.ladders.models import Climb
from ombud.spine.sla import actions as sla
from ombud.spine.sla.falling_due import work_promises
from ombud.spine.tickets import actions as tickets
from tests.cast import Cast

from .test_ladders import fields

PLAN = {
    "starts": [{"on": "broken"}],
    "rungs": [
        {"whom": {"kind": "holder"}, "after": 0, "by": ["product"]},
        {"whom": {"kind": "role", "of": "lead"}, "after": 1800, "by": ["product"]},
    ],
}


@pytest.fixture
def cast(db):
    """A story of two days ago."""
    return Cast(now=timezone.now().replace(hour=12, minute=0, second=0) - timedelta(days=2))


@pytest.fixture
def ladder(cast):
    """A broken promise came to the lead after half an hour, who had it four minutes later."""
    kinds = {"first_reply": {"seconds": 3600}}
    sla.keep_policy(name="Hours", conditions={}, terms={"targets": {"p3": kinds}}, by=None, now=cast.now)
    people = [cast.ines, cast.ada]
    ladder = actions.keep_ladder(name="Broken", draft=PLAN, by=None, now=cast.now)
    actions.publish(ladder, by=None, now=cast.now)
    ticket = cast.writes(cast.carla, subject="Aduana")
    tickets.assign(ticket, people[1], by=None, now=cast.now)
    for minutes in (60, 30):
        now = cast.later(minutes=minutes)
        while work_promises(now) + work_tray(now) + work_climbs(now):
            pass
    actions.acknowledge(Climb.objects.get(), by=cast.ines, now=cast.later(minutes=4))
    return ladder


def faster(cast, ladder):
    rungs = [PLAN["rungs"][0], PLAN["rungs"][1] | {"after": 600}]
    draft = PLAN | {"rungs": rungs}
    return actions.keep_ladder(ladder, name="Broken", draft=draft, by=None, now=cast.now)


def replayed(client, ladder, **days):
    client.post(reverse("office:ladder_replay", args=[ladder.pk]), days or {"days": "7"})
    while work_simulations(timezone.now()):
        pass
    return client.get(reverse("office:ladder_replay", args=[ladder.pk])).content.decode()


@pytest.mark.mission("P3")
def test_a_lead_sees_that_the_draft_would_have_been_sooner(cast, client, ladder):
    page = replayed(cast.signed_in(client, cast.ines), faster(cast, ladder))
    assert "34 min</s> 14 min" in page.replace("</span>", "").replace('<span class="unseen">live: ', "")
    assert "Aduana" in page and "20 min" in page
    assert "Inés Ferrer" in page


@pytest.mark.mission("P3")
def test_a_rung_that_was_never_reached_is_named(cast, client, ladder):
    draft = PLAN | {
        "rungs": [*PLAN["rungs"], {"whom": {"kind": "role", "of": "head"}, "after": 86_400, "by": ["mail"]}]
    }
    actions.keep_ladder(ladder, name="Broken", draft=draft, by=None, now=cast.now)
    page = replayed(cast.signed_in(client, cast.ines), ladder)
    assert "Never reached:" in page


def test_it_can_be_stopped_and_goes_on(cast, client, ladder):
    cast.signed_in(client, cast.ines).post(reverse("office:ladder_replay", args=[ladder.pk]), {"days": "30"})
    stop = reverse("office:ladder_replay_stop", args=[ladder.pk])
    client.post(stop)
    assert work_simulations(timezone.now()) == 0
    assert "Go on" in client.get(reverse("office:ladder_replay", args=[ladder.pk])).content.decode()
    client.post(stop, {"go_on": "1"})
    work_simulations(timezone.now())
    assert Simulation.objects.get().state == "done"


def test_days_of_the_future_are_refused(cast, client, ladder):
    page = replayed(cast.signed_in(client, cast.ines), ladder, since="2099-01-01", until="2099-02-01")
    assert "days of the past" in page and not Simulation.objects.exists()


def test_who_may_not_edit_ladders_may_not_replay_them(cast, client, ladder):
    address = reverse("office:ladder_replay", args=[ladder.pk])
    assert cast.signed_in(client, cast.ada).get(address).status_code == 403


@pytest.mark.mission("P3")
def test_a_draft_is_tried_where_it_is_written(cast, client, ladder):
    page = reverse("office:ladder", args=[ladder.pk])
    cast.signed_in(client, cast.ines)
    form = fields(client.get(page).content.decode()) | {"do": "try", "rung-1-after": "10 min"}
    answer = client.post(page, form, follow=True)
    assert "If the draft had been live" in answer.content.decode()
    ladder.refresh_from_db()
    assert ladder.draft["rungs"][1]["after"] == 600, "what was written was saved first"
    while work_simulations(timezone.now()):
        pass
    beside = client.get(reverse("office:ladder_tried", args=[ladder.pk])).content.decode()
    assert "Median until somebody has it" in beside and "1 climb" in beside


def test_a_ladder_that_was_never_tried_says_what_trying_is(cast, client, ladder):
    beside = cast.signed_in(client, cast.ines).get(reverse("office:ladder_tried", args=[ladder.pk]))
    assert "before it is switched on" in beside.content.decode()


def test_late_updates_and_untouched_tickets_are_replayed(cast, client, ladder):
    draft = PLAN | {"starts": [{"on": "untouched", "after": 600}, {"on": "late_update"}, {"on": "asked"}]}
    actions.keep_ladder(ladder, name="Broken", draft=draft, by=None, now=cast.now)
    cast.now = timezone.now() - timedelta(hours=5)
    cast.writes(cast.rui, subject="Nadie la mira")
    page = replayed(cast.signed_in(client, cast.ines), ladder)
    assert "Nadie la mira" in page
