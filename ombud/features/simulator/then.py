"""A ticket as it was: what a ladder asks of it, taken back and forth along its log.

The customer's account, its tier, the ticket's language and who leads its escalation are what they are now.
"""

from dataclasses import dataclass, replace

from ombud.spine.sla.terms import Facts
from ombud.spine.tickets import events as tickets

_PARTS = {
    tickets.ASSIGNED.name: "assignee",
    tickets.TEAM_SET.name: "team",
    tickets.PRIORITY_SET.name: "priority",
    tickets.SEVERITY_SET.name: "severity",
    tickets.STATUS_SET.name: "status",
}
DONE = ("resolved", "closed")
_TAGS = (tickets.TAGGED.name, tickets.UNTAGGED.name)


@dataclass
class Then:
    """What a ladder may ask about a ticket at one moment; people, team and account by their ids."""

    assignee: int | None
    team: int | None
    account: int | None
    priority: str
    severity: str
    status: str
    tier: str
    channel: str
    language: str
    tags: set
    names: dict
    merged: bool = False
    manager: int | None = None

    @classmethod
    def of(cls, ticket, tags, names):
        """As it is now."""
        return cls(
            assignee=ticket.assignee_id,
            team=ticket.team_id,
            account=ticket.account_id,
            priority=ticket.priority,
            severity=ticket.severity,
            status=ticket.status,
            tier=ticket.account.tier if ticket.account else "",
            channel=ticket.channel,
            language=ticket.language,
            tags=set(tags),
            names=names,
            manager=ticket.led.manager_id if hasattr(ticket, "led") else None,
        )

    def copy(self):
        """Another one, which goes its own way."""
        return replace(self, tags=set(self.tags))

    def rewound(self, events):
        """Before all of these events."""
        for event in reversed(events):
            if event.verb in _PARTS:
                setattr(self, _PARTS[event.verb], event.data["old"])
            elif event.verb == tickets.REOPENED.name:
                self.status = event.data["old"]
            elif event.verb in _TAGS:
                self._tag(event.data["tag"], event.verb != tickets.TAGGED.name)
        return self

    def hear(self, event):
        """After one more event."""
        self.merged = self.merged or event.verb == tickets.MERGED_AWAY.name
        if event.verb in _PARTS:
            setattr(self, _PARTS[event.verb], event.data["new"])
        elif event.verb == tickets.REOPENED.name:
            self.status = "open"
        elif event.verb in _TAGS:
            self._tag(event.data["tag"], event.verb == tickets.TAGGED.name)

    def _tag(self, tag, is_on):
        (self.tags.add if is_on else self.tags.discard)(tag)

    @property
    def is_done(self):
        """Whether there is nothing to do on it any more."""
        return self.merged or self.status in DONE

    @property
    def facts(self):
        """What the conditions of a ladder ask."""
        return Facts(
            tier=self.tier,
            severity=self.severity,
            priority=self.priority,
            channel=self.channel,
            language=self.language,
            tags=frozenset(self.names.get(tag, "") for tag in self.tags),
        )
