"""What a ladder says, read from its JSON. No database.

    {"starts": [{"on": "broken", "kinds": ["first_reply"], "conditions": {"tiers": ["gold"]}},
                {"on": "untouched", "after": 3600, "calendar": 1}],
     "rungs": [{"whom": {"kind": "holder"}, "after": 0, "calendar": null, "by": ["product", "mail"],
                "repeat": null, "times": 0, "does": ["assign"]}, …],           the first is the lowest
     "patience": {"p1": {"seconds": 1800}, "p4": {"seconds": 28800, "calendar": 1}}}

`patience` is how long somebody may have it without anything happening, by the ticket's priority.
"""

from dataclasses import dataclass, field

STARTS = ("broken", "near", "fits", "untouched", "late_update", "unconfirmed", "asked", "by_hand")
OF_PROMISES = ("broken", "near")
AFTER_A_WHILE = ("untouched", "unconfirmed")  # they say after how long
LASTING = ("fits", "asked", "by_hand")  # reasons that last as long as the ticket does
WHOM = ("holder", "leads", "manager", "person", "role", "team", "duty", "turn", "seat")
WAYS = ("product", "mail", "webhook")
DEEDS = ("assign", "raise_priority", "escalate", "webhook")
HALF_AN_HOUR = 30 * 60
PATIENCE = {
    "p1": HALF_AN_HOUR,
    "p2": 2 * 3600,
    "p3": 4 * 3600,
    "p4": 8 * 3600,
}  # seconds, unless it says more


@dataclass(frozen=True)
class Whom:
    """Who stands behind a rung. `of` is a person's, team's id, a role or a seat, where the kind needs one."""

    kind: str
    of: int | str | None = None


@dataclass(frozen=True)
class Rung:
    """One rung: told `after` seconds of a calendar since the rung below; again every `repeat` seconds.

    `times` is how often at most it is repeated; 0 is until somebody accepts, or the next rung is reached.
    `url` is the other system that is told, where one is.
    """

    whom: Whom
    after: int = 0
    calendar: int | None = None
    by: tuple[str, ...] = ("product",)
    repeat: int | None = None
    times: int = 0
    does: tuple[str, ...] = ()
    url: str = ""

    @property
    def calls(self):
        """Whether another system is told, of each person or once."""
        return "webhook" in self.by or "webhook" in self.does


@dataclass(frozen=True)
class Start:
    """When a ladder is climbed: at what, for which promises, for which tickets.

    `after` so many seconds of a calendar, for AFTER_A_WHILE.
    """

    on: str
    kinds: tuple[str, ...] = ()
    conditions: dict = field(default_factory=dict)
    after: int = 0
    calendar: int | None = None


@dataclass(frozen=True)
class Plan:
    """A whole ladder."""

    starts: tuple[Start, ...]
    rungs: tuple[Rung, ...]
    patience: dict

    def patience_for(self, priority):
        """(seconds, calendar id or None) that somebody may have it in silence."""
        said = self.patience.get(priority, {})
        return said.get("seconds", PATIENCE.get(priority, HALF_AN_HOUR)), said.get("calendar")


def read(said):
    """A plan of its JSON, as `actions.ladders` has checked it."""
    return Plan(
        tuple(
            Start(
                one["on"],
                tuple(one.get("kinds", ())),
                one.get("conditions", {}),
                one.get("after") or 0,
                one.get("calendar"),
            )
            for one in said.get("starts", ())
        ),
        tuple(_rung(one) for one in said.get("rungs", ())),
        said.get("patience", {}),
    )


def _rung(said):
    return Rung(
        whom=Whom(said["whom"]["kind"], said["whom"].get("of")),
        after=said.get("after", 0),
        calendar=said.get("calendar"),
        by=tuple(said.get("by", ("product",))),
        repeat=said.get("repeat"),
        times=said.get("times", 0),
        does=tuple(said.get("does", ())),
        url=said.get("url", ""),
    )
