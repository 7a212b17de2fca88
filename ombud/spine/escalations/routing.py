"""To whom an escalation falls when nobody is named, and why."""

from typing import NamedTuple

from django.db.models import Max
from django.utils.translation import gettext as _

from ombud.foundation.people.models import Account, Person, Role
from ombud.foundation.people.permissions import ANSWER, may
from ombud.foundation.people.queries import is_away
from ombud.spine.ladders.queries import present

from .models import Escalation, Route, TierManager

LEADING = (Role.ESCALATION_MANAGER, Role.LEAD, Role.HEAD)


class Falls(NamedTuple):
    """To whom it falls (None: nobody is there), and why, as part of a sentence."""

    person: Person | None
    why: str


def team_for(reason):
    """The team that gets what is escalated for a reason, or None."""
    route = Route.objects.filter(reason=reason, team__archived_at=None).select_related("team").first()
    return route and route.team


def who_leads(now, *, reason="", account=None, team=None):
    """To whom an escalation falls at a time, in this order; never to somebody who is absent.

    Whose turn it is in `team`, where one is named; who leads the account's tier; whose turn it is in the
    reason's team; an escalation manager, a lead, the head, the one with the fewest open ones.
    """
    found = None
    if team is not None:
        found = _in_turn(team, now)
    elif account is not None:
        found = _of_tier(account.tier, now)
    if found is None and team is None and (team := team_for(reason)):
        found = _in_turn(team, now)
    return found or _by_role(now)


def _of_tier(tier, now):
    row = TierManager.objects.filter(tier=tier).select_related("person").first()
    if row is None or not may(row.person, ANSWER) or is_away(row.person, now):
        return None
    label = Account.Tier(tier).label
    return Falls(row.person, _("looks after %(tier)s accounts") % {"tier": label})


def _in_turn(team, now):
    """The one of the team who got one longest ago; deputies only where nobody of the team is there."""
    members = list(team.members.filter(is_active=True).order_by("pk"))
    here = [one for one in present(members, now) if may(one, ANSWER)]
    here = [one for one in here if one in members] or here
    if not here:
        return None
    given = Escalation.objects.filter(manager__in=here).order_by().values("manager")
    last = {row["manager"]: row["last"].timestamp() for row in given.annotate(last=Max("raised_at"))}
    person = min(here, key=lambda one: (last.get(one.pk, 0), one.pk))
    return Falls(person, _("whose turn it is in %(team)s") % {"team": team.name})


def _by_role(now):
    for role in LEADING:
        here = present(Person.objects.working().filter(role=role).order_by("pk"), now)
        if here:
            load = {one.pk: Escalation.objects.open().filter(manager=one).count() for one in here}
            person = min(here, key=lambda one: (load[one.pk], one.pk))
            return Falls(person, _("by role, with the fewest open escalations"))
    return Falls(None, _("nobody who leads escalations is there"))
