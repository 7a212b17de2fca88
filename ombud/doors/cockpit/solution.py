"""What ends it, as the page shows it: the fix or workaround that is on the table, and the fix still owed."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import ANSWER, NOTE, may
from ombud.spine.escalations.models import Silence, Solution
from ombud.spine.escalations.queries import main_ticket, may_run
from ombud.spine.escalations.words import language_of, still_owed

NEAR = 0.25  # of the time for a fix is left


@dataclass(frozen=True)
class Shown:
    """The solution on the table. `state`: proposed, offered, accepted, declined.

    `owed` is what the customer reads about the fix after a workaround, in the language `lang`.
    """

    of: Solution
    state: str
    owed: str
    lang: str
    next: str
    sign: bool
    withdraw: bool


@dataclass(frozen=True)
class Owed:
    """A fix that is owed after a workaround, with its clock."""

    of: Solution
    state: str
    left: float


def of(escalation, solutions, person, now):
    """The context of the page's part about it. `solutions`: all of the escalation's, the oldest first."""
    standing = [one for one in solutions if one.withdrawn_at is None]
    is_owed = [one for one in standing if _owes(one)]
    return {
        "solution": _shown(escalation, standing[-1], person) if standing else None,
        "owed_fixes": [_owed(one, now) for one in is_owed],
        "may_propose": escalation.is_open and may(person, NOTE),
        "may_write_answer": escalation.is_open and may(person, ANSWER),
        "may_settle": escalation.is_open and may_run(person, escalation),
        "kinds": [(value, str(label)) for value, label in Solution.Kind.choices],
    }


def of_escalation(escalation):
    """All of its solutions with who had a hand in them: one question."""
    people = ("proposed_by", "signed_by", "written_by", "answered_by")
    return list(escalation.solutions.select_related(*people))


def _shown(escalation, solution, person):
    solution.escalation = escalation
    state = _state(solution)
    ticket = main_ticket(escalation) if state == "proposed" and escalation.is_open else None
    runs = escalation.is_open and may_run(person, escalation)
    return Shown(
        solution,
        state,
        owed=still_owed(solution, ticket) if ticket else "",
        lang=language_of(ticket) if ticket else "",
        next=_next(solution) if state == "offered" else "",
        sign=state == "proposed" and runs and may(person, ANSWER),
        withdraw=state in ("proposed", "offered")
        and escalation.is_open
        and (runs or solution.proposed_by_id == person.pk),
    )


def _state(solution):
    return solution.answer or ("offered" if solution.offered_at else "proposed")


def _next(solution):
    """What their silence leads to."""
    policy = Silence.ours()
    if solution.reminded_at is None:
        return _("Without an answer they are asked again {time}.")
    if policy.then == Silence.Then.ACCEPT:
        return _("Without an answer it counts as accepted {time}.")
    return _("Without an answer whoever leads it is told to call them {time}.")


def _owes(solution):
    accepted = solution.answer == Solution.Answer.ACCEPTED
    return accepted and solution.kind == Solution.Kind.WORKAROUND and solution.fix_settled_at is None


def _owed(solution, now):
    whole = max(solution.fix_due_at - solution.offered_at, timedelta(seconds=1))
    left = max(0.0, min(1.0, (solution.fix_due_at - now) / whole))
    state = "broken" if solution.fix_due_at <= now else "near" if left < NEAR else "running"
    return Owed(solution, state, round(left, 2))
