"""What can happen to kinds of request."""

from ombud.foundation.events.log import Verb

KIND_CHANGED = Verb("request_kind.changed", "A kind of request was made or changed.", ("kind", "fields"))
ANSWERED = Verb(
    "ticket.form_answered", "A customer filled in the form of a kind of request.", ("ticket", "kind")
)
