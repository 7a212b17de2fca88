"""Putting requests into the plan: each knows when it goes, and its person's row when the next one does."""

from .models import OPEN, Request, Wishes
from .planning import going
from .queries import facts_of, hours_of


def locked_wishes(person):
    """A person's row, kept from others until the transaction ends: their letters are made one by one."""
    Wishes.objects.get_or_create(person=person)
    return Wishes.objects.select_related("person").select_for_update(of=("self",)).get(person=person)


def plan(request, wishes, now):
    """Decide when one request goes; answers with the plan and the promise that is at stake."""
    hours = hours_of(wishes)
    facts, promise = facts_of(request, hours, now)
    planned = going(facts, hours, wishes.budget, now)
    request.goes_at, request.way = planned.at, planned.way
    request.save(update_fields=["goes_at", "way"])
    return planned, promise


def plan_anew(wishes, now):
    """Everything that waits for a person goes when their wishes say now."""
    waiting = open_of(wishes.person).filter(goes_at__isnull=False)
    for request in waiting:
        plan(request, wishes, now)
    set_next(wishes)


def set_next(wishes):
    """The person's row falls due when the first of what waits does."""
    first = open_of(wishes.person).filter(goes_at__isnull=False).order_by("goes_at").first()
    wishes.goes_at = first and first.goes_at
    wishes.save(update_fields=["goes_at"])


def open_of(person):
    """What a person is, or will be, asked."""
    rows = Request.objects.filter(person=person, state__in=OPEN)
    about = ("person", "asked_by", "escalation__case", "escalation__account", "escalation__customer")
    return rows.select_related(*about, "escalation__manager").order_by("id")
