"""What is different between two plans of a ladder, rung by rung; no database."""

from dataclasses import dataclass

from .rungs import PATIENCE

PARTS = ("whom", "after", "by", "repeat", "does", "url")


@dataclass(frozen=True)
class Change:
    """One part of one rung, or of the whole (`rung` None), was `old` and is `new`; None where it was not."""

    rung: int | None
    what: str
    old: object
    new: object


def differences(old, new):
    """All changes from one plan to another, from the ground up."""
    found = []
    if old.starts != new.starts:
        found.append(Change(None, "starts", old.starts, new.starts))
    for number in range(1, max(len(old.rungs), len(new.rungs)) + 1):
        found += _of_rung(number, _at(old, number), _at(new, number))
    if [old.patience_for(p) for p in PATIENCE] != [new.patience_for(p) for p in PATIENCE]:
        found.append(Change(None, "patience", old, new))
    return found


def _at(plan, number):
    return plan.rungs[number - 1] if number <= len(plan.rungs) else None


def _of_rung(number, old, new):
    if old is None or new is None:
        return [Change(number, "rung", old, new)]
    # Both whole rungs, so that a reader can be told the part in its rung's own words.
    return [Change(number, part, old, new) for part in PARTS if _part(old, part) != _part(new, part)]


def _part(rung, part):
    if part == "after":
        return rung.after, rung.calendar
    if part == "repeat":
        return rung.repeat, rung.times
    value = getattr(rung, part)
    return set(value) if isinstance(value, tuple) else value
