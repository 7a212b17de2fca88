"""Promised time as people write it: “30 min”, “4h30”, “2 days”, “1 d 4 h”, in four languages. No database.

A day is 24 hours around the clock, and in a working calendar the hours of its usual day; a week is seven such
days, and in a working calendar the hours of its usual week. What is promised are the seconds: a calendar that
changes its hours changes no promise.
"""

import re
import unicodedata
from dataclasses import dataclass

from ombud.ui.sentences import said as _

MINUTE, HOUR, DAY, WEEK = 60, 3600, 86_400, 604_800
NONE = ("", "-", "–", "—", "none", "no", "nada", "ninguno", "ninguna", "aucun", "aucune", "无", "没有")
UNITS = {  # from the longest to the shortest, as they follow each other
    "weeks": r"w|wks?|weeks?|sem|semanas?|semaines?|个?(?:星期|礼拜)|周",
    "days": r"d|days?|d[ií]as?|j|jours?|个?工作日|天|日",
    "hours": r"h|hrs?|hours?|horas?|heures?|个?(?:小时|钟头)|时",
    "minutes": r"m|min|mn|mins|minutes?|minutos?|分钟?",
}
_EVERY = r"(?P<every>(?:every|each|cada|toute?s?\s+les|tous\s+les|chaque|每隔?)\s*)?"
_AND = r"[\s,、]*(?:(?:and|y|et|e|和|零)\s+)?"
_NUMBER = r"\d{1,6}(?:[.,]\d{1,2})?"
_WRITTEN = re.compile(
    _EVERY
    + _AND.join(
        rf"(?:(?P<{name}>{_NUMBER}|(?<=[\s每隔])|^)\s*(?:{words})\.?(?![^\W\d_]))?"
        for name, words in UNITS.items()
    )
    + r"(?P<rest>(?<=[^\d\s.,])\s*[0-5]?\d)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?P<hours>\d{1,3}):(?P<minutes>[0-5]\d)")
_CANONICAL = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)m)?")


class NotUnderstood(ValueError):
    """This is no duration."""


@dataclass(frozen=True)
class Lengths:
    """How many seconds a day and a week are."""

    day: int = DAY
    week: int = WEEK


AROUND_THE_CLOCK = Lengths()


def lengths_of(clock):
    """What a day and a week are in a calendar's working time; `clock` is None around the clock.

    The usual day is as long as most of its days are, the longer one if that is a draw. A calendar without
    usual hours has no usual day: there a day is 24 hours.
    """
    worked = [sum(closes - opens for opens, closes in day) for day in clock.hours if day] if clock else []
    if not worked:
        return AROUND_THE_CLOCK
    return Lengths(max(worked, key=lambda seconds: (worked.count(seconds), seconds)), sum(worked))


@dataclass(frozen=True)
class Duration:
    """Weeks, days and minutes, as somebody wrote them."""

    weeks: int = 0
    days: int = 0
    minutes: int = 0

    def seconds(self, lengths):
        return self.weeks * lengths.week + self.days * lengths.day + self.minutes * MINUTE

    @property
    def canonical(self):
        """The same in a form of no language, to be stored: 1w2d240m."""
        parts = ((self.weeks, "w"), (self.days, "d"), (self.minutes, "m"))
        return "".join(f"{number}{unit}" for number, unit in parts if number)


def read_canonical(text):
    """A stored duration; None for what is none."""
    found = _CANONICAL.fullmatch(text)
    return Duration(*(int(part or 0) for part in found.groups())) if text and found else None


def read(text, lengths=AROUND_THE_CLOCK):
    """The Duration that somebody wrote, or None where they promise nothing. NotUnderstood for the rest."""
    said = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    if said in NONE:
        return None
    clock = _CLOCK.fullmatch(said)
    if clock:
        return Duration(minutes=int(clock["hours"]) * 60 + int(clock["minutes"]))
    found = _WRITTEN.fullmatch(said)
    if not found:
        raise NotUnderstood(text)
    numbers = {name: _number(found[name], bool(found["every"])) for name in UNITS}
    if found["rest"] and (found["hours"] is None or found["minutes"] is not None):
        raise NotUnderstood(text)  # “2 d 30” could mean anything
    if all(number is None for number in numbers.values()):
        raise NotUnderstood(text)
    return _whole(*(number or 0 for number in numbers.values()), int(found["rest"] or 0), lengths)


def _number(said, is_every):
    if said == "":
        if not is_every:
            raise NotUnderstood(said)
        return 1
    return None if said is None else float(said.replace(",", "."))


def _whole(weeks, days, hours, minutes, rest, lengths):
    """Half days and half weeks are told in hours."""
    seconds = weeks % 1 * lengths.week + days % 1 * lengths.day + hours * HOUR + (minutes + rest) * MINUTE
    return Duration(int(weeks), int(days), round(seconds / MINUTE))


def words(seconds, written="", lengths=AROUND_THE_CLOCK):
    """A promised time in the reader's language, in the units in which it was written, as `read` reads it.

    Days and weeks are only said while they are as long as they were; else it is hours.
    """
    duration = read_canonical(written)
    if duration is None or duration.seconds(lengths) != seconds:
        return in_hours(seconds)
    parts = []
    if duration.weeks:
        parts.append(_("{n} wk").format(n=duration.weeks))
    if duration.days:
        parts.append(_("{n} d").format(n=duration.days))
    if duration.minutes:
        parts.append(in_hours(duration.minutes * MINUTE))
    return " ".join(parts)


def in_hours(seconds):
    """A duration in hours and minutes, however many hours these are: 72 h, 4 h 30, 30 min."""
    hours, minutes = divmod(round(seconds / MINUTE), 60)
    if not hours:
        return _("{n} min").format(n=minutes)
    if not minutes:
        return _("{n} h").format(n=hours)
    return _("{hours} h {minutes}").format(hours=hours, minutes=f"{minutes:02d}")


def is_in_days(written):
    """Whether it was written in days or weeks, so that a reader may ask how long these are."""
    duration = read_canonical(written)
    return bool(duration and (duration.weeks or duration.days))
