"""Who was called in and has not said yet that they have it (M25)."""

from ombud.foundation.events.models import Event

from .events import ASSIGNED
from .models import Stakeholder
from .queries import tickets_of


def unconfirmed_since(escalation):
    """Since when somebody's word is missing, the longest missing first; None when nobody's is.

    Everybody who has a part in it confirms it, but who is only kept informed. A manager confirms by doing
    anything for it: an update, a reply, a line of the brief, “I have it” on its ladder.
    """
    asked = escalation.stakeholders.filter(confirmed_at=None).exclude(role=Stakeholder.Role.INFORMED)
    waiting = list(asked.exclude(person=escalation.manager_id).values_list("told_at", flat=True))
    given_at = _given_and_silent(escalation)
    return min([*waiting, *([given_at] if given_at else [])], default=None)


def _given_and_silent(escalation):
    """When its manager was given it, if they have done nothing for it since."""
    if escalation.manager_id is None:
        return None
    given = Event.objects.filter(case=escalation.case_id, verb=ASSIGNED.name).order_by("-id").first()
    if given is None or given.data["new"] != escalation.manager_id:
        return None
    cases = [escalation.case_id, *(ticket.case_id for ticket in tickets_of(escalation))]
    deeds = Event.objects.filter(case__in=cases, id__gte=given.pk, actor=escalation.manager_id)
    return None if deeds.exists() else given.happened_at
