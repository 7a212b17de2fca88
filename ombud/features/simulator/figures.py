"""What replayed climbs come to, in numbers that can be added slice by slice.

{"climbs", "open": over in the end or not, "told", "night": times that people were told between 22 and 7 on
their own clocks, "top": climbs that came to the last rung, "alone" and "alone_seconds": climbs at the end of
their ladder that nobody had, and for how long, "waits": seconds until somebody had it, "reached": {rung:
climbs}, "heat": {person: 24 hours of their clock}, "holes": 24 hours of ours, at which nobody stood there}
"""

from datetime import datetime
from statistics import median

NIGHT = frozenset((22, 23, 0, 1, 2, 3, 4, 5, 6))
COUNTED = ("climbs", "open", "told", "night", "top", "alone", "alone_seconds")


def nothing():
    """Figures of no climb."""
    return dict.fromkeys(COUNTED, 0) | {"waits": [], "reached": {}, "heat": {}, "holes": [0] * 24}


def add(figures, climbs, roster):
    """The figures and those of some more climbs."""
    for climb in climbs:
        figures["climbs"] += 1
        figures["open"] += climb.is_open
        figures["top"] += climb.top == len(climb.plan["rungs"])
        figures["alone"] += climb.at_end > 0
        figures["alone_seconds"] += round(climb.at_end)
        if climb.had:
            figures["waits"].append(seconds_until(climb))
        for rung in climb.reached:
            figures["reached"][str(rung)] = figures["reached"].get(str(rung), 0) + 1
        for at, _rung in climb.passed:
            figures["holes"][at.astimezone(roster.zone).hour] += 1
        _add_tellings(figures, climb, roster)
    return figures


def _add_tellings(figures, climb, roster):
    """Two ways at one moment are one telling."""
    for at, person in {(at, person): None for at, person, _rung, _way in climb.tellings}:
        hour = at.astimezone(roster.people[person].zone).hour
        figures["told"] += 1
        figures["night"] += hour in NIGHT
        figures["heat"].setdefault(str(person), [0] * 24)[hour] += 1


def seconds_until(climb):
    """How long until somebody had it."""
    return round((climb.had[1] - climb.started_at).total_seconds())


def middle(figures):
    """The median of seconds until somebody had it; None when nobody ever had."""
    return round(median(figures["waits"])) if figures["waits"] else None


def never_reached(figures, plan):
    """Numbers of the rungs on which nobody was told."""
    return [n for n in range(1, len(plan["rungs"]) + 1) if not figures["reached"].get(str(n))]


def outcome(climb):
    """One climb as it is kept: who had it and when, who was told how often, how far it came."""
    return {
        "had": climb.had and [climb.had[0], climb.had[1].isoformat()],
        "told": len({(at, person) for at, person, _rung, _way in climb.tellings}),
        "first": climb.tellings[0][0].isoformat() if climb.tellings else None,
        "rung": climb.top,
        "why": climb.ended_why,
        "alone": round(climb.at_end),
    }


def pairs(draft, live):
    """[(ticket, began at, draft's outcome, live one's)]: what began at the same moment stands together."""
    found = {}
    for place, climbs in enumerate((draft, live)):
        for climb in climbs:
            found.setdefault((climb.ticket, climb.started_at), [None, None])[place] = outcome(climb)
    return [(ticket, began, *both) for (ticket, began), both in found.items()]


def sooner(draft, live):
    """By how many seconds somebody has it sooner with the draft; None where one never had anybody."""
    if not (draft and live and draft["had"] and live["had"]):
        return None
    return round((_at(live) - _at(draft)).total_seconds())


def weight(draft, live):
    """How much it differs: first what one of both leaves to nobody, then by how much sooner or later."""
    gap = sooner(draft, live)
    if gap is None:
        had = [bool(one and one["had"]) for one in (draft, live)]
        return 2_000_000_000 if had[0] != had[1] else 0
    return min(abs(gap), 1_999_999_999)


def _at(outcome_):
    return datetime.fromisoformat(outcome_["had"][1])
