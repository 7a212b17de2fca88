"""The verbs of this room. What follows by itself from what happens to a ticket stands in `keeping`."""

from .policies import archive_policy, begin_with_standard, keep_policy, order_policies, restore_policy
from .words import keep_word, promise, withdraw_word

__all__ = [
    "archive_policy",
    "begin_with_standard",
    "keep_policy",
    "keep_word",
    "order_policies",
    "promise",
    "restore_policy",
    "withdraw_word",
]
