"""The verbs of this room. What follows by itself from what happens to a ticket stands in `keeping`."""

from .offers import accept_offer, decline_offer
from .policies import archive_policy, begin_with_standard, keep_policy, order_policies, restore_policy
from .words import keep_word, promise, withdraw_word

__all__ = [
    "accept_offer",
    "archive_policy",
    "begin_with_standard",
    "decline_offer",
    "keep_policy",
    "keep_word",
    "order_policies",
    "promise",
    "restore_policy",
    "withdraw_word",
]
