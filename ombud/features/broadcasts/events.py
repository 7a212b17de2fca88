"""What can happen to an incident and to what is broadcast about it."""

from ombud.foundation.events.log import Verb

OPENED = Verb(
    "incident.opened", "An outage or a defect was written down.", ("incident", "kind", "escalation")
)
CHANGED = Verb("incident.changed", "What is known of it was written anew.", ("incident", "fields"))
FIXED = Verb("incident.fixed", "The outage is over, or the fix has shipped.", ("incident",))
REOPENED = Verb("incident.reopened", "It is not fixed after all.", ("incident",))
LOOKED_FOR = Verb("incident.looked_for", "Somebody asked who is affected.", ("incident", "finding", "reason"))
FOUND = Verb("incident.found", "Those who are affected were found.", ("incident", "finding", "found"))
AFFECTED = Verb("incident.affected", "A ticket is affected by it.", ("incident", "ticket", "reason"))
EXCLUDED = Verb("incident.excluded", "Somebody is not told of it.", ("incident", "customer"))
INCLUDED = Verb("incident.included", "Somebody is told of it after all.", ("incident", "customer"))

BEGUN = Verb("broadcast.begun", "A broadcast was begun.", ("incident", "broadcast", "purpose", "wave"))
WRITTEN = Verb("broadcast.written", "Its words were written.", ("broadcast", "language", "version"))
ASKED = Verb("broadcast.approval_asked", "Somebody was asked to approve.", ("broadcast", "person"))
APPROVED = Verb("broadcast.approved", "Its words were approved.", ("broadcast", "language", "version"))
LISTED = Verb("broadcast.listed", "Its recipients were listed.", ("broadcast", "listed"))
STARTED = Verb("broadcast.started", "It is being sent.", ("broadcast",))
STOPPED = Verb("broadcast.stopped", "Its sending was stopped.", ("broadcast", "why"))
DONE = Verb(
    "broadcast.done",
    "Everybody on its list was told, or cannot be.",
    ("broadcast", "sent", "failed", "excluded"),
)
RULE_KEPT = Verb("broadcast.rule_kept", "How broadcasts are approved and sent was set.", ("fields",))
