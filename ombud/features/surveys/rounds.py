"""Surveys that come again and again: once a day, whose turn it is."""

from datetime import timedelta

from django.db.models import Q

from ombud.foundation.people.models import Customer

from . import who
from .actions.planning import plan_round
from .models import Ask, Survey, When

DAY = timedelta(days=1)
MANY = 200  # customers at one look; the next follows at once


def work_rounds(now):
    """Look at one survey that is due; says how many were taken."""
    return Survey.objects.active().select_related("calendar").work_through(now, _look, limit=1)


def _look(survey, now):
    turns = list(whose_turn(survey, now)[:MANY])
    rounds = _rounds(survey, turns)
    for customer in turns:
        plan_round(survey, customer, rounds.get(customer.pk, 0) + 1, now=now)
    survey.looks_at = now if len(turns) == MANY else now + DAY
    survey.save(update_fields=["looks_at"])


def whose_turn(survey, now):
    """Customers who worked with us within the survey's time, and whom it has not asked within it.

    Those who are drawn: each round draws among all anew, for ever alike.
    """
    since = now - timedelta(days=survey.every)
    asked = Q(planned_at__gt=since) | Q(state=Ask.State.WAITING)
    lately = Ask.objects.filter(asked, survey=survey).values("customer")
    worked = Q(tickets__last_message_at__gt=since, tickets__merged_into=None)
    found = Customer.objects.filter(worked, blocked_at=None).exclude(email="").exclude(pk__in=lately)
    conditions = survey.conditions
    if conditions.get("tiers"):
        found = found.filter(account__tier__in=conditions["tiers"])
    if conditions.get("teams"):
        found = found.filter(tickets__team__in=conditions["teams"], tickets__last_message_at__gt=since)
    drawn = [
        pk
        for pk in found.distinct().order_by("pk").values_list("pk", flat=True)
        if _is_drawn(survey, pk, now)
    ]
    return Customer.objects.filter(pk__in=drawn[: MANY + 1]).order_by("pk")


def _is_drawn(survey, pk, now):
    return who.is_drawn(survey, f"customer:{pk}:{now.date().toordinal() // max(1, survey.every)}")


def _rounds(survey, customers):
    """{customer id: how many rounds each had}."""
    asks = Ask.objects.filter(survey=survey, customer__in=customers, survey__when=When.ROUND)
    numbers = {}
    for customer, key in asks.values_list("customer", "key"):
        numbers[customer] = max(numbers.get(customer, 0), int(key.rpartition(":")[2]))
    return numbers
