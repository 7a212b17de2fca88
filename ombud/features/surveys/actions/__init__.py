"""Verbs of this room."""

from .answering import CHANGEABLE, LONGEST, Gone, answer, changeable_until, opened
from .planning import ask_about_escalation, ask_about_ticket, did_not_arrive, release, revoke, stop_asking
from .surveys import archive_survey, keep_survey, restore_survey

__all__ = [
    "CHANGEABLE",
    "LONGEST",
    "Gone",
    "answer",
    "archive_survey",
    "ask_about_escalation",
    "ask_about_ticket",
    "changeable_until",
    "did_not_arrive",
    "keep_survey",
    "opened",
    "release",
    "restore_survey",
    "revoke",
    "stop_asking",
]
