"""What the demo's story gets from this room: when its technical owners may be asked, and what they said."""

from datetime import timedelta

from ombud.foundation.people.models import Person, Role

from .actions import answer, ask, set_wishes
from .models import Kind
from .queries import owned_by

MINUTES = 60
SAID = (  # what they say of what is theirs, the most urgent left open: how long ago, what, and a line
    (timedelta(minutes=48), Kind.PROGRESS, "The fix is in review; two of three carriers pass."),
    (timedelta(hours=3), Kind.BLOCKED, "Waiting for a test account at the customs broker."),
    (timedelta(hours=21), Kind.NEW_ETA, "The migration needs a quiet night."),
    (timedelta(hours=26), Kind.NO_CHANGE, ""),
)
ETA = timedelta(days=2)
QUESTION = "May we promise the customer the one-line fix for tomorrow?"


def add(now):
    """Technical owners say when they may be asked; some questions are answered, some wait."""
    owners = Person.objects.working().filter(role=Role.TECHNICAL_OWNER)
    for person in owners:
        times = {"times": [10 * MINUTES, 16 * MINUTES], "focus": [["13:00", "15:30"]]}
        day = {"day_from": 9 * MINUTES + 30, "day_until": 18 * MINUTES + 30, "budget": 1}
        set_wishes(person, by=person, now=now, **times, **day)
        first, *others = owned_by(person) or [None]
        for escalation, (ago, kind, line) in zip(others, SAID, strict=False):
            eta = now + ETA if kind == Kind.NEW_ETA else None
            answer(escalation, person, kind, line=line, eta=eta, by=person, now=now - ago)
        if first and first.manager:
            ask(first, person, question=QUESTION, by=first.manager, now=now)
