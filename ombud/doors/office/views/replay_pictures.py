"""What a replay's page shows: four figures, a heat map, and the climbs that differ most."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ombud.features.simulator import figures, queries
from ombud.spine.ladders.rungs import read
from ombud.spine.ladders.words import Names
from ombud.spine.tickets.queries import visible_to
from ombud.ui.times import span

MOST = 50  # climbs in the list
MOST_PEOPLE = 40


def shown(simulation, reader):
    """All that the page says of a simulation, as far as it has come."""
    counted = simulation.figures or {"draft": figures.nothing(), "live": None}
    draft, live = counted["draft"], counted["live"]
    outcomes = list(queries.outcomes_of(simulation, MOST))
    names = queries.names_of(_people(draft, outcomes))
    seen = set(
        visible_to(reader).filter(pk__in=[one.ticket_id for one in outcomes]).values_list("pk", flat=True)
    )
    return {
        "figures": list(_figures(draft, live)),
        "rows": _heat(draft, names),
        "draft": draft,
        "outcomes": [_line(one, names, one.ticket_id in seen) for one in outcomes],
        "never": _never(simulation, draft) if draft["climbs"] else [],
        "seconds": simulation.took / 1000,
    }


def tried(simulation):
    """The same in four figures."""
    counted = (simulation and simulation.figures) or {"draft": figures.nothing(), "live": None}
    return {
        "simulation": simulation,
        "figures": list(_figures(counted["draft"], counted["live"])),
        "climbs": counted["draft"]["climbs"],
    }


def _people(draft, outcomes):
    sides = [side for one in outcomes for side in (one.draft, one.live) if side and side["had"]]
    return {int(pk) for pk in draft["heat"]} | {side["had"][0] for side in sides if side["had"][0]}


def _figures(draft, live):
    """(label, live value or None, value, unit, whether it is bad)."""
    middle = [figures.middle(side) if side else None for side in (live, draft)]
    words = [None if seconds is None else span(timedelta(seconds=seconds)) for seconds in middle]
    yield _("Median until somebody has it"), words[0], words[1] or "–", "", False
    yield (
        _("Told at night"),
        live and live["night"],
        draft["night"],
        ngettext("time", "times", draft["night"]),
        False,
    )
    unit = ngettext("climb", "climbs", draft["top"])
    yield _("Came to the last rung"), live and live["top"], draft["top"], unit, False
    alone = ngettext("climb", "climbs", draft["alone"])
    if draft["alone"]:
        alone = f"{alone}, {span(timedelta(seconds=draft['alone_seconds']))}"
    yield (
        _("At the end, and nobody had it"),
        live and live["alone"],
        draft["alone"],
        alone,
        draft["alone"] > 0,
    )


def _heat(draft, names):
    """[(name, [(count, darkness)] of 24 hours, sum)], whoever is told most first."""
    most = max((max(hours) for hours in draft["heat"].values()), default=1)
    rows = [
        (names.get(int(pk), "?"), [(n, round(n / most, 2)) for n in hours], sum(hours))
        for pk, hours in draft["heat"].items()
    ]
    return sorted(rows, key=lambda row: (-row[2], row[0]))[:MOST_PEOPLE]


def _line(outcome, names, visible):
    return {
        "ticket": outcome.ticket if visible else None,
        "began": outcome.began_at,
        "live": _had(outcome.live, names),
        "draft": _had(outcome.draft, names),
        "sooner": _sooner(outcome),
        "worse": bool(outcome.live and outcome.live["had"] and not (outcome.draft and outcome.draft["had"])),
    }


def _had(side, names):
    """(words, time): who had it, when; nobody, or no climb at all."""
    if side is None:
        return _("not climbed"), None
    if side["had"] is None:
        return _("nobody"), None
    person, at = side["had"]
    return (names.get(person) or "?") if person else _("answered"), datetime.fromisoformat(at)


def _sooner(outcome):
    if outcome.sooner is None:
        return ""
    if abs(outcome.sooner) < 60:
        return _("the same")
    words = span(timedelta(seconds=abs(outcome.sooner)))
    return words if outcome.sooner > 0 else _("{time} later").format(time=words)


def _never(simulation, draft):
    """[(number, who stands there)] of the rungs that nobody was told on."""
    plan = read(simulation.plan)
    names = Names([plan])
    return [(n, names.of(plan.rungs[n - 1].whom)) for n in figures.never_reached(draft, simulation.plan)]
