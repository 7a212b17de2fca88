"""The rows of this room."""

from .escalations import Escalation, How, Involved, Reason, Stage
from .people import Contact, Stakeholder
from .records import Decision, Update, UpdateDraft

__all__ = [
    "Contact",
    "Decision",
    "Escalation",
    "How",
    "Involved",
    "Reason",
    "Stage",
    "Stakeholder",
    "Update",
    "UpdateDraft",
]
