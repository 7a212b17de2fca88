"""What Parcelline promises: most to gold and platinum, in Chinese by Shanghai’s hours, some to everybody."""

from datetime import timedelta
from typing import NamedTuple

from ombud.foundation.clock.queries import working_time_of
from ombud.spine.sla import actions, durations

KINDS = ("first_reply", "next_reply", "update", "resolution")
GOLD = {
    "p1": ("45 min", "1 h", "2 h", "24 h"),
    "p2": ("2 h", "1 d", "1 d", "3 d"),
    "p3": ("4 h", "6 h", "2 d", "6 d"),
    "p4": ("1 d", "1 d 4 h", "", ""),
}
CHINESE = {
    "p1": ("1 h", "1 h", "3 h", "2 d"),
    "p2": ("2 h", "3 h", "1 d", "5 d"),
    "p3": ("4 h", "1 d", "3 d", "10 d"),
    "p4": ("1 d", "2 d", "", ""),
}
STANDARD = {
    "p1": ("1 h", "2 h", "4 h", "2 d"),
    "p2": ("2 h", "4 h", "1 d", "4 d"),
    "p3": ("6 h", "1 d", "3 d", "10 d"),
    "p4": ("1 d", "2 d", "", ""),
}
WARNINGS = (
    {"percent": 75, "to": "holder", "by": "product"},
    {"percent": 100, "to": "holder", "by": "product"},
    {"percent": 100, "to": "leads", "by": "digest"},
)
BEFORE = {"p1": ("1 h", "2 h", "4 h", "24 h")}
URGENT = ("p1", "p2")
A_WEEK = 7 * 24 * 3600
A_DAY = timedelta(days=1)


class Promised(NamedTuple):
    """A policy: `usual` is the key of its calendar, `urgent` that of P1 and P2."""

    name: str
    conditions: dict
    times: dict
    usual: str
    urgent: str


POLICIES = (
    Promised("Gold", {"tiers": ["gold", "platinum"]}, GOLD, "madrid", "always"),
    Promised("Chinese desk", {"languages": ["zh"]}, CHINESE, "shanghai", "shanghai"),
    Promised("Standard", {}, STANDARD, "madrid", "madrid"),
)


def keep_policies(calendars, by, now):
    """The story's policies, the first that is asked first. Gold promised a little less at first."""
    gold, *others = POLICIES
    policy = _keep(None, gold._replace(times=GOLD | BEFORE), calendars, by, now)
    _keep(policy, gold, calendars, by, now + A_DAY)
    for other in others:
        _keep(None, other, calendars, by, now)


def _keep(policy, promised, calendars, by, now):
    targets = {
        priority: _targets(written, calendars[promised.urgent if priority in URGENT else promised.usual])
        for priority, written in promised.times.items()
    }
    terms = {
        "targets": targets,
        "pauses": ["waiting"],
        "pause_limit": A_WEEK,
        "warnings": [dict(warning) for warning in WARNINGS],
    }
    return actions.keep_policy(
        policy, name=promised.name, conditions=promised.conditions, terms=terms, by=by, now=now
    )


def _targets(written, calendar):
    lengths = durations.lengths_of(working_time_of(calendar))
    read = {kind: durations.read(text, lengths) for kind, text in zip(KINDS, written, strict=True)}
    return {
        kind: {
            "seconds": duration.seconds(lengths),
            "calendar": calendar.pk,
            "written": duration.canonical,
        }
        for kind, duration in read.items()
        if duration
    }
