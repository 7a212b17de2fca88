"""What one leads and where one has a part: what is expected of oneself."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.spine.escalations.models import Stakeholder
from ombud.spine.escalations.queries import involving, zone_of

from . import due

EXPECTED = {
    "manager": gettext_lazy("You lead it: the next update is yours."),
    Stakeholder.Role.TECHNICAL: gettext_lazy("Say when the fix comes, in one line, and when that changes."),
    Stakeholder.Role.LEAD: gettext_lazy("Clear the way: people, priorities, other teams."),
    Stakeholder.Role.CSM: gettext_lazy("Know how it stands before you speak with them."),
    Stakeholder.Role.AE: gettext_lazy("Sell nothing to them now, and know how it stands."),
    Stakeholder.Role.TAM: gettext_lazy("Help with what only you know of their set-up."),
    Stakeholder.Role.SPONSOR: gettext_lazy("Be ready to speak with their sponsor."),
    Stakeholder.Role.INFORMED: gettext_lazy("Nothing for now. You are kept informed."),
}


@dataclass(frozen=True)
class Part:
    """One escalation as somebody with a part in it needs to see it."""

    escalation: object
    role: str
    expected: str
    confirmed_at: object
    asked: bool
    due: object


def of(person, now):
    """The open ones, what is due first."""
    found = list(involving(person))
    stakes = {one.escalation_id: one for one in person.stakes.filter(escalation__in=found)}
    return [_part(one, stakes.get(one.pk), person, now) for one in found]


def _part(escalation, stake, person, now):
    leads = escalation.manager_id == person.pk
    return Part(
        escalation,
        role=_("leads it") if leads else stake.get_role_display(),
        expected=EXPECTED["manager" if leads else stake.role],
        confirmed_at=stake.confirmed_at if stake else None,
        asked=bool(stake and not stake.confirmed_at),
        due=due.of(escalation, escalation.updates.last(), zone_of(escalation), now),
    )
