"""What would have been: sooner, to others, in slices."""

from datetime import timedelta

import pytest

from ombud.features.simulator import actions, figures, queries, working
from ombud.features.simulator.models import Simulation
from ombud.features.simulator.working import work_simulations
from ombud.foundation.events.models import Event
from ombud.spine.ladders import actions as ladders
from ombud.spine.ladders.models import Climb

from .desk import Desk

HOUR = 3600


@pytest.fixture
def desk(db):
    """A ticket of Ada's; its first reply breaks, and Noor, on the fourth rung, has it after five minutes."""
    desk = Desk()
    desk.cast.writes(desk.cast.carla)
    desk.do("assign", 0, 0, 0)
    desk.pass_time(HOUR + 300 + 1800 + 900 + 300)
    ladders.acknowledge(Climb.objects.get(), by=desk.cast.noor, now=desk.cast.now)
    desk.pass_time(60)
    return desk


def draft(desk, change):
    ladder = desk.ladders[1]
    plan = {**ladder.draft, "rungs": [dict(rung) for rung in ladder.draft["rungs"]]}
    change(plan["rungs"])
    return ladders.keep_ladder(ladder, name=ladder.name, draft=plan, by=None, now=desk.cast.now)


def simulated(desk, ladder):
    until = desk.cast.now
    simulation = actions.simulate(ladder, since=desk.since, until=until, by=None, now=until)
    while work_simulations(until):
        pass
    return Simulation.objects.get(pk=simulation.pk)


def without_the_third(rungs):
    del rungs[2]


def test_who_is_told_sooner_has_it_as_much_sooner(desk):
    simulation = simulated(desk, draft(desk, without_the_third))
    outcome = simulation.outcomes.get()
    assert outcome.sooner == 1800
    assert figures.middle(simulation.figures["draft"]) == 300 + 900 + 300
    assert figures.middle(simulation.figures["live"]) == 300 + 1800 + 900 + 300


def test_who_is_told_by_the_draft_alone_has_it_when_they_did_something(desk):
    def emil_first(rungs):
        rungs[0] = rungs[0] | {"whom": {"kind": "person", "of": desk.cast.emil.pk}}
        rungs[1]["after"] = rungs[1]["after"] + HOUR

    desk.cast.now -= timedelta(seconds=2000)
    desk.do("note", 0, 4, 0)  # Emil, whom nobody had told
    desk.cast.now += timedelta(seconds=2000)
    simulation = simulated(desk, draft(desk, emil_first))
    assert simulation.outcomes.get().draft["had"][0] == desk.cast.emil.pk


def test_a_ladder_that_ends_with_nobody_says_for_how_long(desk):
    def only_the_sponsor(rungs):
        rungs[:] = [{"whom": {"kind": "role", "of": "sponsor"}, "after": 0, "by": ["mail"]}]

    counted = simulated(desk, draft(desk, only_the_sponsor)).figures["draft"]
    assert (counted["alone"], counted["alone_seconds"], sum(counted["holes"])) == (1, 3360, 1)


def test_slices_count_the_same_as_one(desk, monkeypatch):
    for _more in range(4):
        desk.do("write", 0, 0, 1)
    desk.pass_time(3 * HOUR)

    def no_turns(rungs):
        rungs[1]["whom"] = {"kind": "team", "of": desk.team.pk}

    ladder = draft(desk, no_turns)
    ladders.publish(ladder, by=None, now=desk.cast.now)
    whole = simulated(desk, ladder)
    monkeypatch.setattr(working, "SLICE", 2)
    sliced = simulated(desk, ladder)
    assert sliced.figures == whole.figures and sliced.done == whole.done == 5
    assert figures.middle(whole.figures["draft"]) == figures.middle(whole.figures["live"])


def test_what_was_stopped_goes_on_where_it_was(desk, monkeypatch):
    monkeypatch.setattr(working, "SLICE", 1)
    monkeypatch.setattr(working, "_takes_turns", lambda simulation: False)
    ladder, now = desk.ladders[1], desk.cast.now
    desk.do("write", 0, 0, 1)
    desk.pass_time(2 * HOUR)
    given = {"by": desk.cast.ines, "now": desk.cast.now}
    simulation = actions.simulate(ladder, since=desk.since, until=desk.cast.now, **given)
    work_simulations(desk.cast.now)
    actions.stop(queries.simulation_called(simulation.pk), **given)
    assert work_simulations(desk.cast.now) == 0
    actions.resume(queries.simulation_called(simulation.pk), **given)
    while work_simulations(desk.cast.now):
        pass
    done = Simulation.objects.get()
    assert (done.state, done.done, done.outcomes.count()) == ("done", 2, 2)
    assert Event.objects.filter(verb__startswith="simulation.").count() == 3
    assert now < desk.cast.now


def test_nobody_is_told_by_a_replay(desk):
    before = Climb.objects.count()
    simulated(desk, draft(desk, without_the_third))
    assert Climb.objects.count() == before
