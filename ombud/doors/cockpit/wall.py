"""The overview: every open escalation as a card, by stage, what hurts first first."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.dates import format_skeleton
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.spine.escalations import watching
from ombud.spine.escalations.gates import ORDER
from ombud.spine.escalations.models import Stage
from ombud.spine.tickets.models import Level
from ombud.ui.locales import reader_locale
from ombud.ui.times import span, when_words

from . import ahead, beside, narrowing, pulse

MOST = 40  # cards in a column; the rest is one click away
ALL = 500  # cards of a single stage
OVER = 6  # that are over, in the last column
A_WEEK = timedelta(days=7)
STATES = ("broken", "near", "running", "paused")
LEVELS = {level: at for at, level in enumerate(Level.values, 1)}


@dataclass
class Card:
    """One escalation as the wall shows it. `due`: its next update, or when its waiver ends."""

    escalation: object
    state: str
    left: float
    due: datetime
    near_at: datetime | None
    rungs: list | None = None
    pulse: object = None

    @property
    def name(self):
        """Whose it is: the account, else the customer."""
        return name_of(self.escalation)

    @property
    def manager(self):
        return self.escalation.manager.name if self.escalation.manager else None

    @property
    def severity(self):
        """(how many bars, word)."""
        return LEVELS[self.escalation.severity], Level(self.escalation.severity).label


@dataclass
class Column:
    """A stage with its cards; `more` of them are not drawn."""

    stage: str
    label: str
    cards: list
    more: int


def name_of(escalation):
    """Whose an escalation is."""
    return escalation.account.name if escalation.account else str(escalation.customer)


def of(person, filters, now):
    """Everything the overview shows: a fixed number of questions, however many escalations are open."""
    everything = list(watching.open_for(person))
    kept = [one for one in everything if narrowing.keeps(one, filters, person)]
    over = [] if filters else list(watching.over_since(person, now - A_WEEK)[:OVER])
    pulses = pulse.among(kept)
    cards = [_card(one, pulses.get(one.pk), now) for one in kept]
    tickets = watching.tickets_of_open(person)
    climbing = beside.climbing(person, tickets)
    beside.put_ladders(cards, climbing, tickets, now)
    offered = narrowing.choices(everything)
    return {
        "now": now,
        "any": bool(everything),
        "tally": tally(cards),
        "kept": watching.kept_among(person, _monday(now)),
        "strip": ahead.of(cards, now),
        "columns": _columns(cards, filters.get("stage")),
        "over": over,
        "climbs": beside.next_climbs(climbing, tickets, kept, now, only=bool(filters)),
        "load": beside.load(cards),
        "at_most": beside.AT_MOST,
        "feed": beside.just_happened([*kept, *over], tickets),
        "filters": filters,
        "filter_words": narrowing.words_of(filters, offered),
        "offered": offered,
        "name_of": name_of,
        "count": count_of,
        "over_words": over_words,
        "when_words": when_words,
        "clock_words": f"{timezone.localtime(now):%H:%M}",
        "date_words": format_skeleton("MMMEd", timezone.localtime(now), locale=reader_locale()),
    }


def tally(cards):
    """{state: how many}."""
    counts = Counter(card.state for card in cards)
    return {state: counts[state] for state in STATES}


def count_of(card, now):
    """(number, unit) of the time that is left, or by which it is late: ("−12", "min"), ("2 h 24", "")."""
    if card.state == "paused":
        return _("waiting"), ""
    words = span(card.due - now)
    sign = "−" if card.due <= now else ""
    number, _space, unit = words.partition(" ")
    if number.isdigit() and unit and not any(letter.isdigit() for letter in unit):
        return sign + number, unit
    return sign + words, ""


def over_words(escalation):
    """How it ended."""
    return Stage.REVIEWED.label if escalation.stage == Stage.REVIEWED else _("De-escalated")


def _card(escalation, said, now):
    stands = watching.standing(escalation, now)
    return Card(escalation, stands.state, stands.left, escalation.due, stands.near_at, pulse=said)


def _columns(cards, stage):
    # A reviewed one is over, so that nothing open stands in the last stage.
    stages = [one for one in ORDER[:-1] if stage in (None, one)]
    most = ALL if stage else MOST
    for one in stages:
        mine = [card for card in cards if card.escalation.stage == one]
        yield Column(one.value, one.label, mine[:most], max(len(mine) - most, 0))


def _monday(now):
    local = timezone.localtime(now)
    start = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return start - timedelta(days=local.weekday())
