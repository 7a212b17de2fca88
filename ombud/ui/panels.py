"""Pieces that rooms add to the page of a ticket or an escalation, which knows nothing of them."""

from dataclasses import dataclass, field
from functools import cache

from django.db.models import DateTimeField

from ombud.lib.glance import Glance
from ombud.lib.prepared import Slot
from ombud.lib.rooms import plugged

# What a panel's question may ask about: the id of the ticket or escalation, of who looks, and the time.
ABOUT, PERSON, NOW = Slot("about"), Slot("person"), Slot("now", DateTimeField())


@dataclass(frozen=True)
class Panel:
    """One piece: a template of the room's own, which finds what it shows in `panel.of`.

    `where`: "beside" (a section of the side panel) or "above" (a strip over the conversation).
    """

    template: str
    of: dict = field(default_factory=dict)
    where: str = "beside"


def only_where(question):
    """Marks a room's function of panels: it is called only where `question` finds something.

    `question` makes a queryset with the slots above: `lambda: Survey.objects.filter(ticket=ABOUT)`. All such
    questions of a page are one statement, so that a panel which is mostly not there costs nothing.
    """

    def mark(ask):
        ask.question = question
        return ask

    return mark


@cache
def questions(kind):
    """{function: question} of those of a kind that have one."""
    return {ask: ask.question for ask in plugged(kind) if hasattr(ask, "question")}


@cache
def _glance(kind):
    return Glance(questions(kind))


def panels(kind, about, person, now, found=None):
    """{"beside": [...], "above": [...]} of a kind ("ticket_panels", "escalation_panels").

    `found`: what the questions of the kind find, if the page asked them already.
    """
    if found is None:
        found = _glance(kind)(about=about.pk, person=person.pk, now=now)
    asked = [ask for ask in plugged(kind) if found.get(ask, True)]
    shown = [panel for ask in asked if (panel := ask(about, person, now))]
    return {where: [one for one in shown if one.where == where] for where in ("beside", "above")}


@cache
def timeline_lines():
    """{verb: (icon, words(data))} of what rooms let a timeline say about their events."""
    return {verb: line for ask in plugged("timeline") for verb, line in ask().items()}
