"""Questions about the policies themselves, for those who keep them."""

from django.db.models import Count

from ombud.foundation.events.models import Event
from ombud.foundation.people.models import Account
from ombud.lib.working_time import NoWorkingTime

from .events import POLICY_KEPT
from .models import Kind, Promise
from .reckoning import later


def running_by_policy():
    """{policy id: how many promises are owed by any of its versions}."""
    owed = Promise.objects.owed().filter(version__isnull=False)
    return dict(owed.values_list("version__policy").annotate(many=Count("id")))


def accounts_by_policy(among):
    """{policy id: how many accounts may come under it}: those whose tier no policy before it takes whole."""
    tiers = dict(Account.objects.values_list("tier").annotate(many=Count("id")))
    found = {}
    for policy in among:
        wanted = policy.conditions.get("tiers") or list(tiers)
        found[policy.pk] = sum(tiers.get(tier, 0) for tier in wanted)
        if set(policy.conditions) <= {"tiers"}:
            tiers = {tier: many for tier, many in tiers.items() if tier not in wanted}
    return found


def last_changes(policies):
    """{policy id: the event of its last change}."""
    cases = {policy.case_id: policy.pk for policy in policies}
    events = Event.objects.filter(case_id__in=cases, verb=POLICY_KEPT.name).select_related("actor")
    return {cases[event.case_id]: event for event in events.order_by("id")}


def shadowed(among):
    """{policy id: the policy before it that takes every ticket which it could hold for}."""
    found = {}
    for index, policy in enumerate(among):
        before = next((one for one in among[:index] if _covers(one.conditions, policy.conditions)), None)
        if before:
            found[policy.pk] = before
    return found


def _covers(wide, narrow):
    """Whether every ticket that meets `narrow` also meets `wide`."""
    return all(narrow.get(name) and set(narrow[name]) <= set(wanted) for name, wanted in wide.items())


def would_promise(terms, priority, at, clocks):
    """What terms promise on a ticket that comes in at a time: [(kind, Target, its clock, due time)].

    A due time is None where the calendar has no working time left.
    """
    found = []
    for kind, target in terms.of(priority).items():
        clock = clocks(target.calendar)
        try:
            found.append((Kind(kind), target, clock, later(clock, at, target.seconds)))
        except NoWorkingTime:
            found.append((Kind(kind), target, clock, None))
    return sorted(found, key=lambda one: Kind.values.index(one[0]))
