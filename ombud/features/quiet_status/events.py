"""What can happen to a status request. Times are ISO 8601."""

from ombud.foundation.events.log import Verb

WISHES_SET = Verb("status.wishes_set", "Somebody said when they may be asked how it stands.", ("person",))
ASKED = Verb(
    "status.asked", "A technical owner is to say how it stands.", ("escalation", "person", "request")
)
REACHED = Verb(
    "status.reached",
    "The question reached its owner: at a time of theirs, or between.",
    ("escalation", "person", "request", "bundle", "way"),
)
OVERRULED = Verb(
    "status.overruled",
    "Somebody was interrupted against their wishes, because a promise would have broken.",
    ("escalation", "person", "bundle", "promise", "against"),
)
ANSWERED = Verb(
    "status.answered", "A technical owner said how it stands.", ("escalation", "person", "answer", "kind")
)
WITHDRAWN = Verb(
    "status.withdrawn", "Nobody has to say it any more.", ("escalation", "person", "request", "why")
)
