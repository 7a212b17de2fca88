"""Verbs of incidents and broadcasts."""

from .affected import exclude, include, put_on, report
from .finding import find, find_due, look_again
from .incidents import change_incident, fix, open_incident, reopen
from .listing import list_recipients
from .rule import keep_rule
from .sending import send, stop, work_broadcasts
from .wording import approve, ask_approval, begin, write

__all__ = [
    "approve",
    "ask_approval",
    "begin",
    "change_incident",
    "exclude",
    "find",
    "find_due",
    "fix",
    "include",
    "keep_rule",
    "list_recipients",
    "look_again",
    "open_incident",
    "put_on",
    "reopen",
    "report",
    "send",
    "stop",
    "work_broadcasts",
    "write",
]
