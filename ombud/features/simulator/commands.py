"""`bin/ombud ladder replay --ladder NAME [--days N | --since DAY --until DAY] [--json]`."""

import argparse
import json
import sys
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone

from ombud.foundation.people.models import Company
from ombud.spine.ladders.models import Ladder

from . import actions, figures, queries
from .working import work_one


def replay(argv):
    """Replay a ladder's draft, and its live version beside it, over this desk's own past."""
    said = _parser().parse_args(argv)
    ladder = Ladder.objects.select_related("version").filter(name__iexact=said.ladder, archived_at=None)
    if not ladder:
        return _refuse(f"There is no ladder called {said.ladder}; nothing was changed.")
    now = timezone.now()
    since = _day(said.since) if said.since else now - timedelta(days=said.days)
    until = min(_day(said.until) + timedelta(days=1), now) if said.until else now
    try:
        simulation = actions.simulate(ladder[0], since=since, until=until, by=None, now=now)
    except ValidationError as refused:
        return _refuse(" ".join(refused.messages))
    try:
        while simulation.is_running:
            work_one(simulation, timezone.now())
            simulation = queries.simulation_called(simulation.pk)
            _progress(simulation)
    except KeyboardInterrupt:
        actions.stop(simulation, by=None, now=timezone.now())
        return _refuse("Stopped; what was counted stays.")
    result = summary(simulation)
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2) + "\n" if said.json else _words(result))
    return 0 if simulation.state == "done" else 1


def summary(simulation):
    """All that came of it: figures of both sides, whom at what hour, and climb by climb."""
    sides = {name: side for name, side in (simulation.figures or {}).items() if side}
    names = queries.names_of({int(pk) for side in sides.values() for pk in side["heat"]})
    return {
        "ladder": simulation.ladder.name,
        "since": simulation.since.isoformat(),
        "until": simulation.until.isoformat(),
        "state": simulation.state,
        "tickets": simulation.done,
        "seconds": simulation.took / 1000,
        "live_version": simulation.live and simulation.live.number,
        **{name: _side(simulation, name, side, names) for name, side in sides.items()},
        "climbs": [
            {"ticket": one.ticket.number, "began": one.began_at.isoformat(), "draft": one.draft,
             "live": one.live, "sooner": one.sooner}
            for one in queries.outcomes_of(simulation, None)
        ],
    }  # fmt: skip


def _side(simulation, name, side, names):
    plan = simulation.plan if name == "draft" else simulation.live.plan
    counted = {key: side[key] for key in figures.COUNTED}
    heat = {names.get(int(pk), pk): hours for pk, hours in side["heat"].items()}
    return counted | {
        "median_seconds": figures.middle(side),
        "never_reached": figures.never_reached(side, plan),
        "told_by_hour": heat,
        "nobody_by_hour": side["holes"],
    }


def _words(result):
    lines = [f"{result['ladder']}: {result['tickets']} tickets in {result['seconds']:.1f} s"]
    for name in ("live", "draft"):
        if name in result:
            side = result[name]
            lines.append(
                f"{name:>5}: {side['climbs']} climbs, median {side['median_seconds']} s until one had it,"
                f" told {side['told']} times ({side['night']} at night), {side['top']} came to the last rung,"
                f" {side['alone']} ended with nobody"
            )
    return "\n".join(lines) + "\n"


def _parser():
    parser = argparse.ArgumentParser("bin/ombud ladder replay")
    parser.add_argument("--ladder", required=True, help="its name")
    parser.add_argument("--days", type=int, default=30, help="the last so many days (30)")
    parser.add_argument("--since", help="from the beginning of this day, such as 2026-10-01")
    parser.add_argument("--until", help="to the end of this day")
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    return parser


def _day(said):
    company = Company.ours()
    return datetime.combine(
        datetime.fromisoformat(said), time(), ZoneInfo(company.time_zone if company else "UTC")
    )


def _progress(simulation):
    if sys.stderr.isatty():
        filled = 30 * simulation.done // max(simulation.total, 1)
        bar = f"{'█' * filled}{'░' * (30 - filled)}"
        sys.stderr.write(f"\rReplaying {bar} {simulation.done}/{simulation.total} ")


def _refuse(sentence):
    sys.stderr.write(f"ombud: {sentence}\n")
    return 2
