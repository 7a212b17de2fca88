"""The past replayed with what was live gives the tellings that really were: time, person, rung and way."""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ombud.features.simulator.models import Simulation
from ombud.features.simulator.past import histories
from ombud.features.simulator.queries import candidates
from ombud.features.simulator.roster import Roster
from ombud.features.simulator.turns import Turns, turns_elsewhere
from ombud.features.simulator.working import replay
from ombud.spine.ladders.models import Climb, Telling
from ombud.spine.ladders.queries import behind
from ombud.spine.ladders.rungs import Whom
from ombud.spine.tickets.models import Tag, Ticket

from .desk import DEEDS, Desk

EXAMPLES = int(os.environ.get("OMBUD_EXAMPLES", 12))
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # a life takes seconds: too long to be made smaller
# Seconds between two deeds: at once, minutes, half an hour, hours, a night.
SPANS = st.sampled_from([0, 0, 60, 300, 301, 900, 1800, 2000, 3600, 9000, 40_000])
LIFE = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 3), st.integers(0, 4), st.integers(0, 5), SPANS),
    min_size=8,
    max_size=40,
)


def told_really(ladder):
    climbs = Climb.objects.filter(ladder=ladder).order_by("started_at", "ticket")
    columns = ("told_at", "person_id", "rung", "way")
    return [
        (climb.ticket_id, list(Telling.objects.filter(climb=climb).order_by("id").values_list(*columns)))
        for climb in climbs
    ]


def told_in_replay(ladder, since, until):
    ladder.refresh_from_db()
    simulation = Simulation(ladder=ladder, plan=ladder.draft, live=ladder.version, since=since, until=until)
    tags = dict(Tag.objects.values_list("id", "name"))
    climbs = replay(simulation, histories(list(candidates(simulation)), ladder.pk, since, until, tags)).live
    climbs.sort(key=lambda climb: (climb.started_at, climb.ticket))
    return [(climb.ticket, climb.tellings) for climb in climbs]


@settings(max_examples=EXAMPLES, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(life=LIFE)
@pytest.mark.django_db
def test_a_replay_of_what_was_live_tells_whom_the_live_desk_told(life):
    with transaction.atomic():
        desk = Desk()
        desk.do("write", 0, 0, 1)
        for deed, ticket, person, more, span in life:
            desk.do(deed, ticket, person, more)
            desk.pass_time(span)
        desk.pass_time(20_000)
        for ladder in desk.ladders:
            until = desk.cast.now.replace(microsecond=1)
            assert told_in_replay(ladder, desk.since, until) == told_really(ladder)
        same_people_behind_every_rung(desk)
        transaction.set_rollback(True)


def same_people_behind_every_rung(desk):
    """The roster in memory says what the live desk says."""
    of = {"team": desk.team.pk, "duty": desk.team.pk, "turn": desk.team.pk, "person": desk.cast.ada.pk,
          "role": "lead", "seat": "csm"}  # fmt: skip
    tags = dict(Tag.objects.values_list("id", "name"))
    turns = Turns(turns_elsewhere(0, desk.since, desk.cast.now))
    for ticket in Ticket.objects.all():
        (history,) = histories([ticket.pk], 0, desk.cast.now, desk.cast.now, tags)
        for kind in ("holder", "leads", "person", "role", "team", "duty", "turn", "seat"):
            whom = Whom(kind, of.get(kind))
            live, turn = behind(whom, ticket, desk.cast.now)
            assert Roster().behind(whom, history.then, desk.cast.now, turns) == (live, turn), kind
