"""Words for a time as they stand in a sentence, and the time that they mean together."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

END_OF_DAY = time(18)  # “tomorrow” is kept until the evening of that day
FRIDAY = 4
LONGEST = timedelta(days=92)  # who promises something for later keeps it in a calendar
AFTER_NOON = range(1, 8)  # “by 3” is the afternoon; nobody works at three in the night


@dataclass(frozen=True)
class Ahead:
    """So many days from today."""

    days: int


@dataclass(frozen=True)
class Weekday:
    """The next such day, Monday is 0; `following`: that of next week."""

    day: int
    following: bool = False


@dataclass(frozen=True)
class Week:
    """By the end of this week (0) or of the next (1)."""

    ahead: int


@dataclass(frozen=True)
class Date:
    """A date of this year, or of the next where it is past."""

    month: int
    day: int


@dataclass(frozen=True)
class Clock:
    """A time of day. `exact`: it says itself whether it is before or after noon."""

    hour: int
    minute: int = 0
    exact: bool = False


@dataclass(frozen=True)
class Part:
    """A part of a day, by the hour when it is over."""

    ends: int


@dataclass(frozen=True)
class Span:
    """From now."""

    seconds: int


DAYS = (Ahead, Weekday, Week, Date)


def due(words, said_at, zone):
    """The time that these words mean together, as UTC; None when they mean none, or one that is past."""
    span = next((word for word in words if isinstance(word, Span)), None)
    if span:
        found = said_at + timedelta(seconds=span.seconds)
    else:
        found = _on_the_wall(words, said_at.astimezone(zone), zone)
    if found is None or not said_at < found <= said_at + LONGEST:
        return None
    return found.astimezone(UTC)


def _on_the_wall(words, local, zone):
    days = [word for word in words if isinstance(word, DAYS)]
    parts = [word for word in words if isinstance(word, Part)]
    clocks = [word for word in words if isinstance(word, Clock)]
    if not days and not parts and not clocks:
        return None
    at = _time(clocks[-1] if clocks else None, parts[-1] if parts else None)
    if at is None:
        return None
    date = _date(days[0], local, at) if days else local.date()
    return date and datetime.combine(date, at, zone)


def _time(clock, part):
    """A time of day; the last of two is when it is due at the latest."""
    if clock is None:
        return time(part.ends) if part and part.ends < 24 else time(23, 59) if part else END_OF_DAY
    hour = clock.hour
    if not clock.exact and hour < 12:
        after_noon = part.ends > 12 if part else hour in AFTER_NOON
        hour += 12 if after_noon else 0
    return time(hour % 24, clock.minute) if hour <= 24 and clock.minute < 60 else None


def _date(day, local, at):
    today = local.date()
    if isinstance(day, Ahead):
        return today + timedelta(days=day.days)
    if isinstance(day, Weekday):
        return _weekday(day, local, at)
    if isinstance(day, Week):
        return today + timedelta(days=FRIDAY - today.weekday() + 7 * day.ahead)
    try:
        found = today.replace(month=day.month, day=day.day)
    except ValueError:
        return None
    return found if found >= today else found.replace(year=today.year + 1)


def _weekday(day, local, at):
    today = local.date()
    if day.following:
        return today + timedelta(days=7 - today.weekday() + day.day)
    ahead = (day.day - today.weekday()) % 7
    if ahead == 0 and at <= local.time():
        ahead = 7
    return today + timedelta(days=ahead)
