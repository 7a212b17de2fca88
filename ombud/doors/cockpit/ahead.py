"""The strip of the next hours: what comes due when, to scale, without one name over another."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

HOURS = timedelta(hours=3)
TICK = timedelta(minutes=30)
FIRST_TICK = 0.05  # of the axis: a tick nearer than that would stand on "now"
LATE = 3  # names that fit into the box of what is late
# How wide names are, in parts of the axis, where the page is wide and where it is narrow (1024 px).
WIDE, NARROW = 1 / 128, 1 / 84
GAP = 3  # letters between two names
LONGEST = 24  # letters of a name on the axis


@dataclass(frozen=True)
class Pin:
    """One update on the axis. Places in percent; a lane is a line of names, None where none is free."""

    card: object
    name: str
    at: float
    lane: int | None
    narrow: int | None


def of(cards, now):
    """The strip: what is late, how many more are, the ticks and the pins."""
    late = [card for card in cards if card.state == "broken"]
    near = [card for card in cards if card.due and now < card.due <= now + HOURS and card.state != "paused"]
    return {
        "late": late[:LATE],
        "more_late": max(len(late) - LATE, 0),
        "ticks": list(_ticks(now)),
        "pins": _pins(sorted(near, key=lambda card: card.due), now),
    }


def _ticks(now):
    local = timezone.localtime(now)
    first = local.replace(minute=0, second=0, microsecond=0)
    at = first
    while at <= local + HOURS:
        place = (at - local) / HOURS
        if FIRST_TICK < place < 1:
            yield round(place * 100, 2), f"{at:%H:%M}"
        at += TICK


def _pins(cards, now):
    wide, narrow = _Lanes(2, WIDE), _Lanes(3, NARROW)
    for card in cards:
        at, name = (card.due - now) / HOURS, _short(card.name)
        yield Pin(card, name, round(at * 100, 2), wide.take(at, name), narrow.take(at, name))


class _Lanes:
    """Lines of names; each name takes the first line that is free where it begins."""

    def __init__(self, count, letter):
        self.ends, self.letter = [-1.0] * count, letter

    def take(self, at, name):
        end = at + (_letters(name) + GAP) * self.letter
        for lane, taken in enumerate(self.ends):
            if taken <= at and end <= 1 + 12 * self.letter:
                self.ends[lane] = end
                return lane
        return None


def _short(name):
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def _letters(name):
    """How many Latin letters wide a name is; a Chinese one is as wide as two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in name)
