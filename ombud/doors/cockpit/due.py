"""The big clock: by when the customer hears from us, on both sides' clocks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.spine.escalations.cadence import every, near, next_word
from ombud.ui.times import span, when_words

# Half an hour, two hours, four hours, a day, two days, a week: in seconds, as a form says them.
OFTEN = tuple(str(minutes * 60) for minutes in (30, 120, 240, 1440, 2880, 10080))


@dataclass(frozen=True)
class Due:
    """`state`: running, near, broken, paused (waived), or none when it is over; `left` from 1 to 0."""

    state: str
    left: float
    at: datetime | None
    theirs: str


def of(escalation, last, zone, now):
    """The clock of an escalation; `last` is its last update, `zone` the customer's."""
    if not escalation.is_open:
        return Due("", 0, None, "")
    if escalation.waived_until:
        return Due("paused", 1, escalation.waived_until, their_time(escalation.waived_until, zone, now))
    at, since = escalation.next_update_at, last.sent_at if last else escalation.raised_at
    theirs = their_time(at, zone, now)
    if at <= now:
        return Due("broken", 0, at, theirs)
    left = min(1.0, (at - now) / max(at - since, timedelta(seconds=1)))
    return Due("near" if now >= near(since, at) else "running", round(left, 2), at, theirs)


def their_time(at, zone, now):
    """The time on the customer's clock; nothing where both clocks agree."""
    if at.astimezone(ZoneInfo(zone)).utcoffset() == timezone.localtime(at).utcoffset():
        return ""
    with timezone.override(ZoneInfo(zone)):
        return when_words(at, now)


def cadence_words(escalation):
    """How often they hear from us."""
    seconds = escalation.cadence or every(escalation.severity, escalation.urgency)
    return _("every {time}").format(time=span(timedelta(seconds=seconds)))


def cadences(escalation):
    """How often they could hear from us: [(seconds, words)], the first as it is; "0" as the severity says."""
    usual = span(timedelta(seconds=every(escalation.severity, escalation.urgency)))
    back = [("0", _("as its severity says: every %(time)s") % {"time": usual})] if escalation.cadence else []
    often = [(value, _("every {time}").format(time=span(int(value)))) for value in OFTEN]
    return [("", cadence_words(escalation)), *back, *often]


def choices(escalation, zone, now):
    """When the next update could be: [(value, words)], the first as the cadence says."""
    usual = next_word(escalation.severity, escalation.urgency, now, zone, escalation.cadence)
    found = [("", _("%(time)s, as usual") % {"time": when_words(usual, now)})]
    there = now.astimezone(ZoneInfo(zone))
    ends = there.replace(hour=17, minute=0, second=0, microsecond=0)
    tomorrow = (there + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    times = [(now + timedelta(hours=hours), _("in %s") % span(timedelta(hours=hours))) for hours in (1, 2, 4)]
    if ends > now + timedelta(minutes=30):
        times.append((ends, _("today %s, the end of their day") % when_words(ends, now)))
    times.append((tomorrow, _("%s, when their day begins") % when_words(tomorrow, now)))
    return found + [(at.isoformat(timespec="seconds"), words) for at, words in times]
