"""What the pages of ladders show besides their forms."""

from collections import defaultdict

from django.apps import apps
from django.utils.translation import gettext as _

from ombud.spine.ladders import checking, queries
from ombud.spine.ladders.comparing import differences
from ombud.spine.ladders.describing import Description
from ombud.spine.ladders.rungs import read
from ombud.spine.ladders.words import ICONS, WAY_ICONS
from ombud.spine.tickets.models import Priority
from ombud.ui.values import comma

from .promising import for_whom


def listed_ladders(rows):
    """Each ladder of a list: what is live, or the draft of one that never was."""
    plans = {row.pk: read(row.version.plan if row.version else row.draft) for row in rows}
    description = Description(list(plans.values()))
    climbing = queries.open_by_ladder()
    return [
        {
            "row": row,
            "starts": starts(plans[row.pk], description),
            "rungs": rungs(plans[row.pk], description),
            "climbing": climbing.get(row.pk, 0),
            "is_live": row.version is not None,
            "differs": row.version is not None and bool(differences(plans[row.pk], read(row.draft))),
        }
        for row in rows
    ]


def starts(plan, description):
    """[(at what, for whom)]."""
    return [(description.start(start), for_whom(start.conditions)) for start in plan.starts]


def rungs(plan, description):
    """The rungs for `ui.ladder`, the highest first."""
    return [
        {
            "name": description.whom(rung),
            "words": description.after(rung),
            "icons": [WAY_ICONS[way] for way in rung.by],
            "state": "later",
        }
        for rung in reversed(plan.rungs)
    ]


def about(row, draft, now):
    """What the editor says besides the fields: refusals and changes by rung, and the versions."""
    plan = read(draft)
    live = read(row.version.plan) if row and row.version else None
    description = Description([plan, *([live] if live else [])])
    refused = checking.refusals(draft, now) if row else []
    was, gone, whole = _changes(live, plan, description) if live else ({}, [], [])
    return {
        "now": now,
        "refused": _by_rung(refused),
        "refused_count": len(refused),
        "warned": _by_rung(checking.warnings(draft)),
        "was": was,
        "gone": gone,
        "changed": bool(was or gone or whole),
        "whole": whole,
        "icons": ICONS,
        "way_icons": WAY_ICONS,
        "replays": apps.is_installed("ombud.features.simulator"),
        "number": row.version.number + 1 if row and row.version else 1,
        "climbing": queries.open_by_ladder().get(row.pk, 0) if row else 0,
        "undelivered": queries.undelivered(row) if row else [],
        "sentences": [description.start(start) for start in plan.starts],
        "for_whom": [for_whom(start.conditions) for start in plan.starts],
    }


def _by_rung(found):
    by = defaultdict(list)
    for one in found:
        by[one.rung].append(one.sentence)
    return by


def _changes(old, new, description):
    """What each rung was, what is gone, and what changed in the whole."""
    was, gone, whole = defaultdict(list), [], []
    for change in differences(old, new):
        if change.rung is None:
            whole.append(
                _("The beginnings changed.") if change.what == "starts" else _("The patience changed.")
            )
        elif change.what == "rung" and change.new is None:
            gone.append(description.rung(change.old))
        elif change.what == "rung":
            was[change.rung].append(_("new"))
        else:
            words = description.part(change.old, change.what) or _("nothing more")
            was[change.rung].append(_("was {words}").format(words=words))
    return was, gone, whole


def said_of(row, plan):
    """All of a ladder in words, for who may not edit it."""
    description = Description([plan])
    return {
        "starts": starts(plan, description),
        "rungs": rungs(plan, description),
        "lines": [description.rung(rung) for rung in plan.rungs],
        "patience": [(Priority(p).label, words) for p, words in description.patience(plan)],
        "climbing": queries.open_by_ladder().get(row.pk, 0),
    }


def versions(rows):
    """Versions, the newest first, each with what it changed."""
    plans = [read(version.plan) for version in rows]
    description = Description(plans)
    shown = []
    for at, version in enumerate(rows):
        changes = differences(plans[at - 1], plans[at]) if at else []
        shown.append({"version": version, "changes": [line(change, description) for change in changes]})
    return shown[::-1]


def line(change, description):
    """A change as (what, before, after)."""
    if change.what == "starts":
        sides = [comma().join(map(description.start, side)) for side in (change.old, change.new)]
        return _("Begins"), *sides
    if change.what == "patience":
        sides = [
            comma().join(f"{p.upper()} {words}" for p, words in description.patience(side))
            for side in (change.old, change.new)
        ]
        return _("Patience"), *sides
    rung = _("Rung %(number)d") % {"number": change.rung}
    if change.what == "rung":
        return rung, *(description.rung(side) if side else "–" for side in (change.old, change.new))
    return rung, *(description.part(side, change.what) or "–" for side in (change.old, change.new))
