"""Over an escalation's composer: what its technical owners said last, how old that is, and a way to ask."""

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from ombud.spine.escalations.models import Escalation, Stakeholder
from ombud.spine.escalations.queries import may_run
from ombud.ui.panels import ABOUT, Panel, only_where

from .models import LINE, State
from .queries import standing
from .words import ICONS, why_overruled


def _owned_or_answered():
    """Whether anybody owns its fix, or ever said how it stands."""
    owned = Q(stakeholders__role=Stakeholder.Role.TECHNICAL)
    return Escalation.objects.filter(owned | Q(status_answers__isnull=False), pk=ABOUT)


@only_where(_owned_or_answered)
def over_an_escalation(escalation, person, now):
    """For everybody of ours who sees the escalation; asking is for who leads it."""
    found = standing(escalation, now)
    if not found:
        return None
    try:
        ask = reverse("cockpit:ask_status", args=[escalation.number])
    except NoReverseMatch:  # a desk without that door
        ask = ""
    of = {
        "standing": found,
        "ask": ask if escalation.is_open and may_run(person, escalation) else "",
        "icons": ICONS,
        "why": lambda bundle: why_overruled(bundle, now),
        "asked": State.ASKED,
        "most": LINE,
    }
    return Panel("quiet_status/panel.html", of, where="above")
