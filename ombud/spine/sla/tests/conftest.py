"""A desk with a working calendar and a policy."""

import pytest

from ombud.foundation.clock import actions as clock
from ombud.foundation.clock.queries import default_calendar
from ombud.spine.sla import actions

WEEK = {day: [["09:00", "12:00"], ["13:00", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
HOUR = 3600


@pytest.fixture
def week(cast):
    return week_of(cast)


@pytest.fixture
def gold(cast, week):
    return whole_of(cast, week)


def week_of(cast):
    """Mornings and afternoons, Monday to Friday, in Amsterdam."""
    plan = {"timezone": "Europe/Amsterdam", "hours": WEEK}
    return clock.keep_calendar(calendar=default_calendar(), name="Support", plan=plan, by=None, now=cast.now)


def whole_of(cast, week):
    """Everything is promised, and the clocks that may pause do so while we wait for the customer."""
    return actions.keep_policy(
        name="Gold",
        conditions={"tiers": ["gold"]},
        terms={
            "targets": {
                "p2": {"first_reply": {"seconds": 1800}, "resolution": {"seconds": 8 * HOUR}},
                "p3": {
                    "first_reply": {"seconds": 4 * HOUR, "calendar": week.pk},
                    "next_reply": {"seconds": 2 * HOUR, "calendar": week.pk},
                    "update": {"seconds": 8 * HOUR, "calendar": week.pk},
                    "resolution": {"seconds": 24 * HOUR, "calendar": week.pk},
                },
            },
            "pauses": ["waiting"],
            "pause_limit": 72 * HOUR,
            "warnings": [
                {"percent": 75, "to": "holder", "by": "product"},
                {"percent": 100, "to": "holder", "by": "mail"},
                {"percent": 100, "to": "leads", "by": "digest"},
            ],
        },
        by=None,
        now=cast.now,
    )
