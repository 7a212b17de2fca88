"""The lane of simulations: a slice of tickets at a time, kept when it is done.

Where people take turns, one ticket's climb says whose turn the next one's is: then all tickets are one slice,
which begins anew after a restart. Else a slice is so many tickets, and the next begins where it ended.
"""

import logging
import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from ombud.spine.sla.queries import Clocks
from ombud.spine.tickets.models import Tag

from . import figures
from .models import Outcome, Simulation, State
from .past import histories
from .queries import candidates, plans_of, simulation_called, with_draft
from .replaying import Side
from .roster import Roster
from .turns import Turns, turns_elsewhere

logger = logging.getLogger(__name__)
SLICE = 250  # tickets: a quarter of a second or so
LEASE = timedelta(minutes=5)  # a worker that died is followed by another after that


@dataclass
class Replayed:
    """What came of a slice: the climbs with the draft, and with the live version (None without one)."""

    draft: list
    live: list | None


def work_simulations(now):
    """Work one slice of what runs; says how many were taken."""
    taken = Simulation.objects.lease(now, now + LEASE, limit=1)
    for row in taken:
        work_one(simulation_called(row.pk), now)
    return len(taken)


def work_one(simulation, now):
    """The next slice of one simulation; the command line works its own."""
    begun = time.monotonic()
    try:
        if _takes_turns(simulation):
            _all_at_once(simulation, begun, now)
        else:
            ids = list(candidates(simulation).filter(case__gt=simulation.cursor)[:SLICE])
            replayed = replay(simulation, _read(simulation, ids)) if ids else None
            _keep(simulation, ids, replayed, begun, is_last=len(ids) < SLICE, now=now)
    except Exception:
        logger.exception("simulation %s failed", simulation.pk)
        _running(simulation).update(state=State.FAILED, due_at=None)


def _all_at_once(simulation, begun, now):
    """All tickets together; reading them takes longest, so that is what is shown."""
    ids, found = list(candidates(simulation)), []
    for at in range(0, len(ids), SLICE):
        found += _read(simulation, ids[at : at + SLICE])
        if not _running(simulation).update(done=min(at + SLICE, len(ids)), due_at=now + LEASE):
            return  # stopped
    _running(simulation).update(done=0)
    _keep(simulation, ids, replay(simulation, found), begun, is_last=True, now=now)


def _read(simulation, ids):
    tags = dict(Tag.objects.values_list("id", "name"))
    return histories(ids, simulation.ladder_id, simulation.since, simulation.until, tags)


def replay(simulation, found):
    """Climb both ladders over these histories."""
    roster, clocks = Roster(), Clocks()
    turns = turns_elsewhere(simulation.ladder_id, simulation.since, simulation.until)

    def climbs(among):
        side = Side(simulation.ladder_id, among, roster, clocks, Turns(turns), simulation.until)
        return side.replay(found)

    live = climbs(plans_of(simulation)) if simulation.live else None
    return Replayed(climbs(with_draft(simulation)), live)


@transaction.atomic
def _keep(simulation, ids, replayed, begun, *, is_last, now):
    """Add a slice to what was counted; nothing when it was stopped meanwhile."""
    if replayed:
        roster, counted = Roster(), simulation.figures or {"draft": figures.nothing(), "live": None}
        figures.add(counted["draft"], replayed.draft, roster)
        if replayed.live is not None:
            counted["live"] = figures.add(counted["live"] or figures.nothing(), replayed.live, roster)
        simulation.figures = counted
    changed = _running(simulation).update(
        figures=simulation.figures,
        done=simulation.done + len(ids),
        cursor=ids[-1] if ids else simulation.cursor,
        took=simulation.took + round(1000 * (time.monotonic() - begun)),
        state=State.DONE if is_last else State.RUNNING,
        due_at=None if is_last else now,
    )
    if changed and replayed:
        Outcome.objects.bulk_create(_outcomes(simulation, replayed), batch_size=500)


def _outcomes(simulation, replayed):
    for ticket, began, draft, live in figures.pairs(replayed.draft, replayed.live or ()):
        yield Outcome(
            simulation=simulation,
            ticket_id=ticket,
            began_at=began,
            draft=draft,
            live=live,
            sooner=figures.sooner(draft, live),
            weight=figures.weight(draft, live),
        )


def _running(simulation):
    return Simulation.objects.filter(pk=simulation.pk, state=State.RUNNING)


def _takes_turns(simulation):
    plans = [simulation.plan, *([simulation.live.plan] if simulation.live else [])]
    return any(rung["whom"]["kind"] == "turn" for plan in plans for rung in plan["rungs"])
