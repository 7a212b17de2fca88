"""How a ladder is climbed: the same code live and in a simulation; the world and the time are arguments.

A world knows `priority` and answers `behind(rung)` (people, and the team whose turn it was),
`tell(climb, rung, people, turn_of, now)`, `later(calendar, start, seconds)`, `moved_on(climb)` (whether
anything happened since somebody has it) and `note(verb, climb, now, **data)`.
"""

from datetime import timedelta

from . import events
from .models import State
from .rungs import LASTING, OF_PROMISES, read


def advance(climb, world, now):
    """Do what is due on a climb now: look after who has it, tell again, or go one rung up."""
    plan = read(climb.plan)
    if climb.state == State.HELD:
        if world.moved_on(climb):
            hold(climb, plan, world, now)
            return
        climb.state, climb.held_by, climb.held_until = State.CLIMBING, None, None
        world.note(events.RESUMED, climb, now, rung=climb.rung)
        _up(climb, plan, world, now)
    elif climb.climbs_at is not None and climb.climbs_at <= now:
        _up(climb, plan, world, now)
    elif climb.repeats_at is not None and climb.repeats_at <= now:
        _again(climb, plan, world, now)
    wind(climb)


def climb_now(climb, world, now):
    """Go one rung up without waiting; from the last one its people are told again."""
    plan = read(climb.plan)
    climb.state, climb.held_by, climb.held_until = State.CLIMBING, None, None
    _up(climb, plan, world, now)
    wind(climb)


def hold(climb, plan, world, now):
    """Somebody has it: it is looked at again when their patience is over."""
    seconds, calendar = plan.patience_for(world.priority)
    climb.held_until = world.later(calendar, now, seconds)
    climb.climbs_at = climb.repeats_at = None
    wind(climb)


def join(climb, on, now):
    """Another reason for a climb that is open: it goes on until all are over. Says whether it is a new one.

    Where nobody had it at the last rung, that one is told of the new reason at once.
    """
    reasons = (climb.why, *climb.also)
    known = on in reasons or (on in OF_PROMISES and any(one in OF_PROMISES for one in reasons))
    if known or on in ("fits", "by_hand"):
        return False
    if not any(one in LASTING for one in reasons):
        climb.also = [*climb.also, on]
    if climb.state == State.TOPPED:
        climb.climbs_at = now
        wind(climb)
    return True


def leave(climb, *over):
    """Some reasons are over; says whether there is none left."""
    left = [one for one in (climb.why, *climb.also) if one not in over]
    if left:
        climb.why, climb.also = left[0], left[1:]
    return not left


def wind(climb):
    """When it is next looked at."""
    times = (climb.held_until,) if climb.state == State.HELD else (climb.climbs_at, climb.repeats_at)
    climb.next_at = min((time for time in times if time), default=None)


def _up(climb, plan, world, now):
    """Tell the next rung; a rung without anybody is passed at once. From the top, tell the top again."""
    number = min(climb.rung + 1, len(plan.rungs))
    while True:
        rung = plan.rungs[number - 1]
        people, turn_of = world.behind(rung)
        climb.rung, climb.repeated = number, 0
        if people:
            break
        world.note(events.NOBODY_THERE, climb, now, rung=number)
        if number == len(plan.rungs):
            _topped(climb, world, now)
            return
        number += 1
    climb.state, climb.told_at = State.CLIMBING, now
    told = world.tell(climb, rung, people, turn_of, now)
    world.note(events.REACHED, climb, now, rung=number, people=told)
    above = plan.rungs[number] if number < len(plan.rungs) else None
    climb.climbs_at = world.later(above.calendar, now, above.after) if above else None
    climb.repeats_at = now + timedelta(seconds=rung.repeat) if rung.repeat else None
    if above is None and climb.repeats_at is None:
        _topped(climb, world, now)


def _again(climb, plan, world, now):
    rung = plan.rungs[climb.rung - 1]
    people, turn_of = world.behind(rung)
    climb.repeated += 1
    if people:
        told = world.tell(climb, rung, people, turn_of, now)
        world.note(events.REPEATED, climb, now, rung=climb.rung, people=told)
    more = not rung.times or climb.repeated < rung.times
    climb.repeats_at = now + timedelta(seconds=rung.repeat) if more else None
    if not more and climb.climbs_at is None:
        _topped(climb, world, now)


def _topped(climb, world, now):
    climb.state, climb.climbs_at, climb.repeats_at = State.TOPPED, None, None
    world.note(events.TOPPED, climb, now, rung=climb.rung)
