"""What can happen to an escalation. Times are ISO 8601."""

from ombud.foundation.events.log import Verb

RAISED = Verb(
    "escalation.raised", "A complaint became an escalation.", ("escalation", "tickets", "reason", "how")
)
JOINED = Verb("escalation.joined", "A ticket belongs to an escalation.", ("escalation", "ticket"))
PARTED = Verb("escalation.parted", "A ticket does not belong to it any more.", ("escalation", "ticket"))
ASSIGNED = Verb("escalation.assigned", "It has another manager.", ("escalation", "old", "new", "how"))
LEVELS_SET = Verb(
    "escalation.levels_set", "Its severity or urgency changed.", ("escalation", "severity", "urgency")
)
BRIEF_SET = Verb("escalation.brief_set", "What is known about it was written anew.", ("escalation", "fields"))
REACHED = Verb("escalation.stage_reached", "It came a stage further.", ("escalation", "old", "new"))
DE_ESCALATED = Verb("escalation.de_escalated", "It is none any more.", ("escalation", "stage"))
CLOSED = Verb("escalation.closed", "It is over and was reviewed.", ("escalation",))

UPDATE_SENT = Verb(
    "escalation.update_sent", "The customer was told how it stands.", ("escalation", "update", "due", "kept")
)
UPDATE_TAKEN_BACK = Verb(
    "escalation.update_taken_back", "An update was taken back before it left.", ("escalation", "update")
)
UPDATE_SET = Verb("escalation.update_set", "The next update is due.", ("escalation", "due", "why"))
UPDATE_NEAR = Verb("escalation.update_near", "The next update is due soon.", ("escalation", "due"))
UPDATE_LATE = Verb("escalation.update_late", "An update was not sent in time.", ("escalation", "due"))
UPDATE_PASSED = Verb(
    "escalation.update_passed",
    "Its manager is away when an update is due: their deputy writes it.",
    ("escalation", "person", "due"),
)
WAIVED = Verb("escalation.waived", "No update is due for a while, by approval.", ("escalation", "until"))
WAIVER_ENDED = Verb("escalation.waiver_ended", "Updates are due again.", ("escalation",))

DECIDED = Verb("escalation.decided", "Something was decided.", ("escalation", "decision"))
STAKEHOLDER_TOLD = Verb(
    "escalation.stakeholder_told",
    "One of ours was told, and what is expected.",
    ("escalation", "person", "role"),
)
CONFIRMED = Verb("escalation.confirmed", "One of ours has what was asked of them.", ("escalation", "person"))
STAKEHOLDER_REMOVED = Verb(
    "escalation.stakeholder_removed", "One of ours has no part in it any more.", ("escalation", "person")
)
CONTACT_ADDED = Verb(
    "escalation.contact_added",
    "Somebody of the customer’s has a part in it.",
    ("escalation", "customer", "role"),
)
CONTACT_REMOVED = Verb(
    "escalation.contact_removed", "Somebody of the customer’s has none any more.", ("escalation", "customer")
)

PASS_GIVEN = Verb(
    "escalation.pass_given", "A customer got a link to what we do about it.", ("ticket", "customer", "until")
)
PASS_REVOKED = Verb("escalation.pass_revoked", "A link leads nowhere any more.", ("ticket", "customer"))
PULSE_SAID = Verb(
    "escalation.pulse_said", "The customer said how it is going.", ("escalation", "customer", "score")
)
ASKED = Verb(
    "escalation.asked", "A customer asks for an escalation, or for more.", ("ticket", "asking", "how")
)
ASKING_SETTLED = Verb(
    "escalation.asking_settled", "Their asking was answered.", ("ticket", "asking", "outcome")
)
PROPOSED = Verb(
    "escalation.solution_proposed", "A fix or a workaround was proposed.", ("escalation", "solution", "kind")
)
OFFERED = Verb(
    "escalation.solution_offered",
    "Signed off inside, and offered to the customer.",
    ("escalation", "solution", "kind"),
)
OFFER_TAKEN_BACK = Verb(
    "escalation.offer_taken_back", "An offer was taken back before it left.", ("escalation", "solution")
)
WITHDRAWN = Verb("escalation.solution_withdrawn", "A solution is none.", ("escalation", "solution"))
ACCEPTED = Verb("escalation.solution_accepted", "The customer accepts it.", ("escalation", "solution", "how"))
DECLINED = Verb(
    "escalation.solution_declined", "The customer says: not yet.", ("escalation", "solution", "how")
)
REMINDED = Verb(
    "escalation.customer_reminded", "They were asked again about a solution.", ("escalation", "solution")
)
FIX_SETTLED = Verb(
    "escalation.fix_settled", "The fix that was owed came, or is not owed.", ("escalation", "solution", "how")
)

WORD_IS_ENOUGH = Verb(
    "escalation.word_is_enough",
    "Whether an account's word is enough for an escalation.",
    ("account", "enough"),
)
SILENCE_SET = Verb(
    "escalation.silence_set",
    "What it means when a customer does not say whether a solution is good.",
    ("remind_after", "until", "then"),
)
ROUTING_SET = Verb(
    "escalation.routing_set",
    "It was set which team gets escalations for a reason, or who leads those of a tier.",
    ("kind", "of", "to"),
)
