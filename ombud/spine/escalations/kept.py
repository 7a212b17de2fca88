"""Whether customers heard from us when we said so (P1): every update that was due, with who led then.

An update counts once, when it went out: kept if by the time at which it was due. What was late and never came
(because its escalation was de-escalated, or is late still) counts as not kept when it was due. That is four
questions, however many there are.
"""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from ombud.foundation.events.models import Event

from .events import ASSIGNED, UPDATE_LATE
from .models import Escalation, Update
from .queries import visible_to


@dataclass(frozen=True)
class Due:
    """One update that was due. `number` and `sent_at` are None when it never came.

    `leader_id`: who led when it went out, or when it was due if that came first.
    """

    escalation_id: int
    due_at: datetime
    kept: bool
    number: int | None
    sent_at: datetime | None
    leader_id: int | None


def due_between(person, since, until):
    """Every update that went out, or should have, from `since` until before `until`; the oldest first.

    Of the escalations that a person may see.
    """
    seen = visible_to(person).order_by().values("pk")
    sent = Update.objects.filter(escalation__in=seen, sent_at__gte=since, sent_at__lte=until)
    sent = sent.filter(due_at__isnull=False)
    rows = list(sent.values_list("escalation_id", "due_at", "kept", "number", "sent_at"))
    came = {(row[0], row[1]) for row in rows}
    cases = Escalation.objects.filter(pk__in=seen).values_list("case_id", "pk")
    of_case = dict(cases)
    rows += [row for row in _late(since, of_case, until) if row[:2] not in came]
    leaders = _leaders(of_case)
    found = [Due(*row, leader_id=leaders(row[0], min(row[1], row[4] or row[1]))) for row in rows]
    return sorted(found, key=lambda one: (one.sent_at or one.due_at, one.escalation_id))


def _late(since, of_case, until):
    """Those that were told to be late; whether they came is asked elsewhere."""
    told = Event.objects.filter(verb=UPDATE_LATE.name, happened_at__gte=since)
    for case, data in told.values_list("case_id", "data"):
        due = datetime.fromisoformat(data["due"])
        if case in of_case and since <= due < until:
            yield of_case[case], due, False, None, None


def _leaders(of_case):
    """Who led an escalation at a time: a function(escalation id, time)."""
    since = defaultdict(list)
    named = Event.objects.filter(verb=ASSIGNED.name).order_by("happened_at", "id")
    for case, at, data in named.values_list("case_id", "happened_at", "data"):
        if case in of_case:
            since[of_case[case]].append((at, data["new"]))

    def leader(escalation, at):
        stays = since[escalation]
        place = bisect_right(stays, at, key=lambda stay: stay[0])
        return stays[place - 1][1] if place else None

    return leader
