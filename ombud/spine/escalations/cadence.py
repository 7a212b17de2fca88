"""How often a customer hears from us while they are escalated (M32). No database.

A week of theirs is Monday to Friday, nine to five on their clock: an update that falls outside comes at their
next opening, unless it is critical.
"""

from datetime import timedelta

from ombud.lib.working_time import is_open, next_opening, read_calendar

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
# (severity, urgency) where it matters, else severity: seconds from one update to the next.
OUTAGE = ("critical", "critical")
EVERY = {OUTAGE: 30 * MINUTE, "critical": DAY, "high": 2 * DAY, "medium": 3 * DAY, "low": 7 * DAY}
# The first word is a person's, and sooner: an escalated customer has waited already.
FIRST = {OUTAGE: 15 * MINUTE, "critical": 30 * MINUTE, "high": HOUR, "medium": 4 * HOUR, "low": 8 * HOUR}
NEAR = 0.25  # of the time is left: the owner is reminded
WEEK = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def every(severity, urgency):
    """Seconds between two updates by default."""
    return EVERY.get((severity, urgency)) or EVERY[severity]


def first_word(severity, urgency, now, zone):
    """When a person of ours speaks to them first."""
    seconds = FIRST.get((severity, urgency)) or FIRST[severity]
    return within_their_hours(now + timedelta(seconds=seconds), severity, zone)


def next_word(severity, urgency, now, zone, cadence=None):
    """When they hear from us next, `cadence` seconds from now or as their severity says."""
    at = now + timedelta(seconds=cadence or every(severity, urgency))
    return within_their_hours(at, severity, zone)


def within_their_hours(at, severity, zone):
    """The time itself if they work then or it is critical, else their next opening, in UTC."""
    if severity == "critical":
        return at
    theirs = read_calendar({"timezone": zone, "hours": WEEK})
    return at if is_open(theirs, at) else next_opening(theirs, at)


def near(since, due):
    """When the owner is reminded of an update."""
    return due - (due - since) * NEAR
