"""Questions of those who watch all escalations at once. No question is asked for each of them."""

from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from ombud.foundation.events.models import Event

from .cadence import NEAR
from .events import UPDATE_LATE
from .models import Escalation, Involved, Update
from .queries import visible_to

LONG = ("impact", "understood", "needs", "workaround", "fix", "do_say", "do_not_say")


@dataclass(frozen=True)
class Standing:
    """How the next update stands. `state`: running, near, broken, or paused (waived); `left` from 1 to 0.

    `near_at` is when it becomes near.
    """

    state: str
    left: float
    near_at: object = None


def open_for(person):
    """The open escalations that a person may see, what is due first first, the waived last.

    Each with `since`, when the customer last heard from us, from which its ring counts; what is long is
    left out.
    """
    last = Update.objects.filter(escalation=OuterRef("pk")).order_by("-number").values("sent_at")[:1]
    found = Escalation.objects.open().filter(pk__in=visible_to(person).values("pk"))
    found = found.select_related("account", "customer", "manager").defer(*LONG)
    return found.annotate(
        since=Coalesce(Subquery(last), "raised_at"),
        due=Coalesce("next_update_at", "waived_until"),
    ).order_by(F("waived_until").asc(nulls_first=True), "due", "id")


def standing(escalation, now):
    """How the next update of one of `open_for` stands."""
    at = escalation.next_update_at
    if at is None:
        return Standing("paused", 1)
    if at <= now:
        return Standing("broken", 0)
    whole = max((at - escalation.since).total_seconds(), 1)
    left = min(1.0, (at - now).total_seconds() / whole)
    near_at = at - (at - escalation.since) * NEAR
    return Standing("near" if now >= near_at else "running", round(left, 2), near_at)


def kept_among(person, since):
    """(kept, all) updates since a time. A missed one counts, also if it was waived or de-escalated since."""
    seen = visible_to(person).values("pk")
    sent = Update.objects.filter(escalation__in=seen, due_at__isnull=False, sent_at__gte=since)
    said = sent.aggregate(in_time=Count("pk", filter=Q(kept=True)), late=Count("pk", filter=Q(kept=False)))
    missed = Event.objects.filter(verb=UPDATE_LATE.name, happened_at__gte=since, case__escalation__in=seen)
    # One that came late within the same breath was never told to be late.
    return said["in_time"], said["in_time"] + max(said["late"], missed.count())


def over_since(person, since):
    """The escalations that a person may see and that are over since a time, the latest first."""
    found = Escalation.objects.filter(closed_at__gte=since, pk__in=visible_to(person).values("pk"))
    found = found.select_related("account", "customer", "manager").defer(*LONG)
    return found.order_by("-closed_at", "-id")


def tickets_of_open(person):
    """{ticket id: escalation id} of the open escalations that a person may see."""
    rows = Involved.objects.filter(left_at=None, escalation__closed_at=None)
    seen = rows.filter(escalation__in=visible_to(person).values("pk"))
    return dict(seen.values_list("ticket_id", "escalation_id"))
