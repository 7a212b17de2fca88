"""Over an escalation: that its manager is away when the next update is due, and who writes it."""

from django.db.models import F

from ombud.ui.panels import ABOUT, Panel, only_where

from .models import Escalation
from .standing_in import update_owner


def _manager_is_away_then():
    return Escalation.objects.open().filter(
        pk=ABOUT,
        manager__absences__starts_at__lte=F("next_update_at"),
        manager__absences__ends_at__gt=F("next_update_at"),
    )


@only_where(_manager_is_away_then)
def who_writes_the_update(escalation, person, now):
    """The deputy, if there is one; else that nobody was named."""
    owner = update_owner(escalation, escalation.next_update_at)
    deputy = owner if owner != escalation.manager else None
    return Panel("escalations/stands_in.html", {"deputy": deputy, "of": escalation}, where="above")
