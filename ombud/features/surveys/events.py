"""What can happen to a survey, an invitation and an answer. Scores are numbers of the survey's scale.

Of an anonymous answer only the survey is written down.
"""

from ombud.foundation.events.log import Verb

KEPT = Verb("survey.kept", "A survey was made or changed.", ("survey",))
ARCHIVED = Verb("survey.archived", "A survey asks nobody any more.", ("survey",))
RESTORED = Verb("survey.restored", "A survey asks again.", ("survey",))

ASKED = Verb("survey.asked", "A customer was asked.", ("survey", "ask"))
REMINDED = Verb("survey.reminded", "A customer was reminded of it, once.", ("survey", "ask"))
HELD = Verb("survey.held", "A question waits until an escalation is over.", ("survey", "ask"))
CALLED_OFF = Verb("survey.called_off", "A planned question was not asked.", ("survey", "ask", "why"))
REVOKED = Verb("survey.revoked", "The link of a question was taken back.", ("survey", "ask"))
ANSWERED = Verb(
    "survey.answered", "A customer answered.", ("survey", "kind", "ask", "answer", "score", "bad")
)
CHANGED = Verb(
    "survey.answer_changed",
    "A customer changed an answer.",
    ("survey", "kind", "ask", "answer", "old", "score", "bad"),
)
ANSWERED_ANONYMOUSLY = Verb("survey.answered_anonymously", "Somebody answered.", ("survey",))
FOLLOWED_UP = Verb(
    "survey.followed_up", "After a bad answer somebody was promised a word.", ("survey", "answer", "promise")
)
