"""What changed from one version of a policy to another. No database."""

from dataclasses import dataclass

from .models.promises import PROMISED
from .terms import Target, Warning

PRIORITIES = ("p1", "p2", "p3", "p4")


@dataclass(frozen=True)
class Change:
    """`what` is target, pauses, pause_limit or warning; a target also has a priority and a kind."""

    what: str
    old: Target | Warning | tuple | int | None
    new: Target | Warning | tuple | int | None
    priority: str = ""
    kind: str = ""


def changes(old, new):
    """Every difference between two `Terms`, in the order in which they are read."""
    found = []
    for priority in PRIORITIES:
        was, now = old.of(priority), new.of(priority)
        for kind in PROMISED:
            if _told(was.get(kind)) != _told(now.get(kind)):
                found.append(Change("target", was.get(kind), now.get(kind), priority, kind))
    for what in ("pauses", "pause_limit"):
        if getattr(old, what) != getattr(new, what):
            found.append(Change(what, getattr(old, what), getattr(new, what)))
    found += [Change("warning", gone, None) for gone in old.warnings if gone not in new.warnings]
    found += [Change("warning", None, more) for more in new.warnings if more not in old.warnings]
    return found


def _told(target):
    """In which units it was written makes no difference."""
    return target and (target.seconds, target.calendar)
