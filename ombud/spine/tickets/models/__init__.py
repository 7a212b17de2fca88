"""Tickets and what hangs on them."""

from .levels import Level, Priority, Status
from .messages import Attachment, Draft, Message
from .tickets import Link, Tag, Tagging, Ticket
from .words import QuickReply, SavedView

__all__ = [
    "Attachment",
    "Draft",
    "Level",
    "Link",
    "Message",
    "Priority",
    "QuickReply",
    "SavedView",
    "Status",
    "Tag",
    "Tagging",
    "Ticket",
]
