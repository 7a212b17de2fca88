"""What promises do after the fact: when a calendar or an account changed, what is owed is looked at again."""

from ombud.foundation.clock import events as clock
from ombud.foundation.people import events as people

from .actions.rechecking import recheck_account, recheck_calendar


@clock.CALENDAR_CHANGED.follower
def calendar_changed(event):
    """Promises that count its hours are reckoned anew."""
    recheck_calendar(event.data["calendar"], now=event.happened_at)


@people.ACCOUNT_CHANGED.follower
def account_changed(event):
    """Another tier may mean another policy."""
    if "tier" in event.data["fields"]:
        recheck_account(event.data["account"], now=event.happened_at)
