"""What a policy's version promises, read from its JSON; and which policy holds for a ticket. No database."""

from dataclasses import dataclass, field
from functools import cached_property

CONDITIONS = ("tiers", "severities", "priorities", "channels", "languages", "tags")
BREAK = 100  # percent of the time: the promise is broken


@dataclass(frozen=True)
class Target:
    """So many seconds of a calendar's working time; around the clock without a calendar.

    `written`: in which units somebody wrote them (`durations.Duration.canonical`), for showing only.
    """

    seconds: int
    calendar: int | None = None
    written: str = ""


@dataclass(frozen=True)
class Warning:
    """Whom to tell when so many percent of a promise's time have passed, and how.

    `to`: holder or leads; `by`: product, mail, or digest (many in one mail).
    """

    percent: int
    to: str
    by: str


@dataclass(frozen=True)
class Terms:
    """All that one version promises: `targets` is {priority: {kind: Target}}, where some may be missing."""

    targets: dict = field(default_factory=dict)
    pauses: tuple[str, ...] = ()
    pause_limit: int | None = None
    warnings: tuple[Warning, ...] = ()

    def of(self, priority):
        """{kind: Target} for a priority."""
        return self.targets.get(priority, {})

    @cached_property
    def percents(self):
        """When to warn before the break, in rising order."""
        return sorted({warning.percent for warning in self.warnings if warning.percent < BREAK})


NOTHING = Terms()


def read(said):
    """Terms of their JSON, as `actions.keep_policy` has checked it."""
    return Terms(
        targets={
            priority: {
                kind: Target(t["seconds"], t.get("calendar"), t.get("written", ""))
                for kind, t in kinds.items()
            }
            for priority, kinds in said.get("targets", {}).items()
        },
        pauses=tuple(said.get("pauses", ())),
        pause_limit=said.get("pause_limit"),
        warnings=tuple(Warning(w["percent"], w["to"], w["by"]) for w in said.get("warnings", ())),
    )


@dataclass(frozen=True)
class Facts:
    """What a policy may ask about a ticket."""

    tier: str
    severity: str
    priority: str
    channel: str
    language: str
    tags: frozenset = frozenset()


def unmet(conditions, facts):
    """The conditions that a ticket does not meet; none, and the policy holds for it."""
    return [name for name in CONDITIONS if conditions.get(name) and not _meets(name, conditions[name], facts)]


def _meets(name, wanted, facts):
    if name == "tags":
        return bool(facts.tags.intersection(wanted))
    value = {
        "tiers": facts.tier,
        "severities": facts.severity,
        "priorities": facts.priority,
        "channels": facts.channel,
        "languages": facts.language.partition("-")[0] if facts.language else "",
    }[name]
    return value in wanted or (name == "languages" and facts.language in wanted)


def choose(policies, facts):
    """The first policy whose conditions the ticket meets, or None."""
    return next((policy for policy in policies if not unmet(policy.conditions, facts)), None)
