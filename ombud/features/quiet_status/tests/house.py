"""A desk with an escalation whose fix Jun owns, and the house's own work."""

from datetime import UTC, datetime

from ombud.features.quiet_status import actions
from ombud.features.quiet_status.models import Bundle, Request
from ombud.foundation.events.tray import work_tray
from ombud.spine.escalations import actions as escalations


def utc(hour, minute=0, day=19):
    """A time in November 2026; the 19th is a Thursday. In Amsterdam it is an hour later."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def escalate(cast, *owners, severity="high", ticket=None, **more):
    """An escalation led by Emil, whose fix these people own."""
    assert cast.emil
    escalation = escalations.raise_one(
        ticket or cast.writes(cast.carla),
        reason="expertise",
        severity=severity,
        by=cast.emil,
        now=cast.now,
        stakeholders=[(one, "technical") for one in owners],
        **more,
    )
    work(cast)
    return escalation


def work(cast):
    """What the house does by itself now: followers, then bundles."""
    while work_tray(cast.now) + actions.send_due(cast.now):
        pass


def next_update(cast, escalation, at):
    """Emil says when the customer hears from us next."""
    escalations.set_next_update(escalation, at, by=cast.emil, now=cast.now)
    work(cast)


def asked(person):
    """What a person is, or will be, asked, in order."""
    return list(Request.objects.filter(person=person, state__in=["waiting", "asked"]).order_by("id"))


def bundles(person):
    """What reached them, in order."""
    return list(Bundle.objects.filter(person=person).order_by("id"))
