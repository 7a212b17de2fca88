"""What can happen to a letter and to a mailbox."""

from ombud.foundation.events.log import Verb

LETTER_SENT = Verb(
    "letter.sent", "A mail was accepted for delivery or, without a mail server, kept.", ("letter",)
)
LETTER_FAILED = Verb(
    "letter.failed", "A mail could not be delivered; somebody must look.", ("letter", "permanent")
)
LETTER_TAKEN_BACK = Verb("letter.taken_back", "A mail was taken back before it left.", ("letter",))
LETTER_RETRIED = Verb("letter.retried", "A dead letter was put back into the post.", ("letter",))
MAILBOX_CHANGED = Verb("mailbox.changed", "A mailbox was made or changed.", ("mailbox", "fields"))
