"""What can happen to a promise. Durations are in seconds, times are ISO 8601."""

from ombud.foundation.events.log import Verb

POLICY_KEPT = Verb("sla.policy_kept", "An SLA policy was made or changed.", ("policy", "version"))
POLICIES_ORDERED = Verb("sla.policies_ordered", "The order of the SLA policies changed.", ("order",))
POLICY_ARCHIVED = Verb("sla.policy_archived", "An SLA policy is used no longer.", ("policy",))

AGREED = Verb(
    "sla.agreed",
    "It was settled, or changed, which policy holds for a ticket.",
    ("ticket", "version", "priority", "why"),
)
MADE = Verb("promise.made", "A promise was made.", ("ticket", "promise", "kind", "due", "seconds"))
MOVED = Verb(
    "promise.moved", "A promise is due at another time.", ("ticket", "promise", "kind", "old", "new", "why")
)
PAUSED = Verb("promise.paused", "A promise's clock stands still.", ("ticket", "promise", "kind", "why"))
RESUMED = Verb(
    "promise.resumed", "A promise's clock runs again.", ("ticket", "promise", "kind", "due", "why")
)
WARNED = Verb(
    "promise.warned",
    "A stated part of a promise's time has passed.",
    ("ticket", "promise", "kind", "due", "percent"),
)
BROKEN = Verb("promise.broken", "A promise was not kept in time.", ("ticket", "promise", "kind", "due"))
KEPT = Verb("promise.kept", "A promise was kept.", ("ticket", "promise", "kind", "due"))
MADE_GOOD = Verb(
    "promise.made_good", "A broken promise was fulfilled late.", ("ticket", "promise", "kind", "due")
)
CANCELLED = Verb(
    "promise.cancelled", "A promise does not hold any more.", ("ticket", "promise", "kind", "why")
)
OFFERED = Verb(
    "promise.offered", "A reply named a time; its writer may have a clock kept on it.", ("ticket", "message")
)
OWED_AGAIN = Verb(
    "promise.owed_again", "What had been fulfilled is owed again.", ("ticket", "promise", "kind")
)
