"""Pieces that rooms add to the page of a ticket or an escalation, which knows nothing of them."""

from dataclasses import dataclass, field
from functools import cache

from ombud.lib.rooms import plugged


@dataclass(frozen=True)
class Panel:
    """One piece: a template of the room's own, which finds what it shows in `panel.of`.

    `where`: "beside" (a section of the side panel) or "above" (a strip over the conversation).
    """

    template: str
    of: dict = field(default_factory=dict)
    where: str = "beside"


def panels(kind, about, person, now):
    """{"beside": [...], "above": [...]} of a kind ("ticket_panels", "escalation_panels")."""
    found = [panel for ask in plugged(kind) if (panel := ask(about, person, now))]
    return {where: [one for one in found if one.where == where] for where in ("beside", "above")}


@cache
def timeline_lines():
    """{verb: (icon, words(data))} of what rooms let a timeline say about their events."""
    return {verb: line for ask in plugged("timeline") for verb, line in ask().items()}
