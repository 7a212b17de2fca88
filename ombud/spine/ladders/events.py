"""What can happen to a ladder and to those who climb it. Rungs are counted from 1."""

from ombud.foundation.events.log import Verb

LADDER_KEPT = Verb("ladder.kept", "A ladder's draft was written.", ("ladder",))
LADDER_PUBLISHED = Verb("ladder.published", "A ladder was switched on.", ("ladder", "version"))
LADDERS_ORDERED = Verb("ladder.ordered", "The order of the ladders changed.", ("order",))
LADDER_ARCHIVED = Verb("ladder.archived", "A ladder is used no longer.", ("ladder",))
LADDER_RESTORED = Verb("ladder.restored", "A ladder is used again.", ("ladder",))
DUTY_KEPT = Verb("rota.kept", "Somebody is on duty at another time.", ("team", "person"))
DUTY_DROPPED = Verb("rota.dropped", "Somebody is not on duty any more.", ("team", "person"))

STARTED = Verb("climb.started", "A ladder is being climbed.", ("climb", "ticket", "ladder", "version", "why"))
REACHED = Verb(
    "climb.rung_reached", "The people behind a rung were told.", ("climb", "ticket", "rung", "people")
)
REPEATED = Verb("climb.repeated", "They were told again.", ("climb", "ticket", "rung", "people"))
NOBODY_THERE = Verb("climb.nobody_there", "Nobody stood behind a rung.", ("climb", "ticket", "rung"))
ACKNOWLEDGED = Verb(
    "climb.acknowledged", "Somebody has it; nobody else is told.", ("climb", "ticket", "rung", "person")
)
RESUMED = Verb(
    "climb.resumed", "Nothing happened after somebody had it: it climbs on.", ("climb", "ticket", "rung")
)
TOPPED = Verb("climb.topped", "The last rung was reached, and nobody has it.", ("climb", "ticket", "rung"))
WEBHOOK_FAILED = Verb(
    "climb.webhook_failed", "Another system could not be told.", ("climb", "ticket", "webhook")
)
WEBHOOKS_RETRIED = Verb("ladder.webhooks_retried", "Other systems are told again.", ("ladder", "count"))
ENDED = Verb("climb.ended", "There is nothing to climb for any more.", ("climb", "ticket", "why"))
