"""What can happen to a ticket."""

from ombud.foundation.events.log import Verb

OPENED = Verb("ticket.opened", "A ticket was opened.", ("ticket", "channel", "message"))
IMPORTED = Verb("ticket.imported", "It came with an archive of old mail.", ("ticket",))
RECEIVED = Verb("ticket.received", "The customer wrote.", ("ticket", "message", "channel"))
REPLIED = Verb("ticket.replied", "We wrote to the customer.", ("ticket", "message"))
REPLY_SENT = Verb("ticket.reply_sent", "Our reply was accepted for delivery.", ("ticket", "message"))
REPLY_FAILED = Verb("ticket.reply_failed", "Our reply could not be delivered.", ("ticket", "message"))
REPLY_TAKEN_BACK = Verb(
    "ticket.reply_taken_back", "A reply was taken back before it left.", ("ticket", "message")
)
NOTED = Verb("ticket.noted", "Somebody wrote an internal note.", ("ticket", "message", "mentions"))
FORWARDED = Verb("ticket.forwarded", "A third party was asked.", ("ticket", "message"))
ANSWERED_INSIDE = Verb(
    "ticket.answered_inside", "A third party answered; it is a note.", ("ticket", "message")
)
JOINED_IN = Verb("ticket.joined_in", "Somebody new wrote in the thread.", ("ticket", "customer"))
ASSIGNED = Verb("ticket.assigned", "A person got the ticket, or nobody.", ("ticket", "old", "new"))
TEAM_SET = Verb("ticket.team_set", "A team got the ticket.", ("ticket", "old", "new"))
STATUS_SET = Verb("ticket.status_set", "The status changed.", ("ticket", "old", "new"))
CALLED_SOLVED = Verb("ticket.called_solved", "The customer said that it is solved.", ("ticket", "customer"))
REOPENED = Verb("ticket.reopened", "The customer wrote after it was resolved.", ("ticket", "old"))
SEVERITY_SET = Verb(
    "ticket.severity_set", "How badly it hits the customer changed.", ("ticket", "old", "new")
)
URGENCY_SET = Verb("ticket.urgency_set", "How soon it hurts changed.", ("ticket", "old", "new"))
PRIORITY_SET = Verb("ticket.priority_set", "The priority changed.", ("ticket", "old", "new", "overruled"))
TAGGED = Verb("ticket.tagged", "A tag was put on.", ("ticket", "tag"))
UNTAGGED = Verb("ticket.untagged", "A tag was taken off.", ("ticket", "tag"))
RENAMED = Verb("ticket.renamed", "The subject was changed.", ("ticket",))
SNOOZED = Verb("ticket.snoozed", "It sleeps until a time.", ("ticket", "until"))
WOKEN = Verb("ticket.woken", "It is awake again.", ("ticket",))
MERGED = Verb("ticket.merged", "Another ticket was merged into this one.", ("ticket", "other"))
MERGED_AWAY = Verb("ticket.merged_away", "It was merged into another ticket.", ("ticket", "into"))
SPLIT_OFF = Verb(
    "ticket.split_off", "Messages left for a ticket of their own.", ("ticket", "new", "messages")
)
LINKED = Verb("ticket.linked", "It was linked with another ticket.", ("ticket", "other"))
UNLINKED = Verb("ticket.unlinked", "A link was taken away.", ("ticket", "other"))
CUSTOMER_SET = Verb("ticket.customer_set", "It belongs to another customer now.", ("ticket", "old", "new"))
BOUNCED = Verb("ticket.bounced", "A mail of ours came back.", ("ticket", "message"))
ERASED = Verb("ticket.erased", "A message's words were erased.", ("ticket", "message"))
