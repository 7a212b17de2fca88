"""What can happen to what comes in, before it is a message."""

from ombud.foundation.events.log import Verb

PUT_ASIDE = Verb(
    "incoming.put_aside", "Something that came in waits for an administrator.", ("incoming", "reason")
)
IGNORED = Verb("incoming.ignored", "Something that came in was left alone.", ("incoming", "reason"))
RETRIED = Verb("incoming.retried", "What was put aside was put into the line again.", ("incoming", "let_in"))
CHANNEL_SWITCHED = Verb("channel.switched", "A channel was switched on or off.", ("channel", "enabled"))
