"""Verbs of the post."""

from ombud.foundation.post.stationery import Sheet, signed

from .letters import Outgoing, TooLate, retry, send, send_many, take_back
from .mailboxes import fetched, keep_mailbox, lease_fetches

__all__ = [
    "Outgoing",
    "Sheet",
    "TooLate",
    "fetched",
    "keep_mailbox",
    "lease_fetches",
    "retry",
    "send",
    "send_many",
    "signed",
    "take_back",
]
