"""Verbs of the post."""

from ombud.foundation.post.stationery import signed

from .letters import TooLate, retry, send, take_back
from .mailboxes import fetched, keep_mailbox, lease_fetches

__all__ = [
    "TooLate",
    "fetched",
    "keep_mailbox",
    "lease_fetches",
    "retry",
    "send",
    "signed",
    "take_back",
]
