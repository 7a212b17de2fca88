"""The rows of this room."""

from .customers import Asking, Pass, Pulse, RaisedAtOnce
from .escalations import Escalation, How, Involved, Reason, Stage
from .people import Contact, Stakeholder
from .records import Decision, Update, UpdateDraft
from .routing import Route, TierManager
from .solutions import Silence, Solution
from .standing_in import StandIn

__all__ = [
    "Asking",
    "Contact",
    "Decision",
    "Escalation",
    "How",
    "Involved",
    "Pass",
    "Pulse",
    "RaisedAtOnce",
    "Reason",
    "Route",
    "Silence",
    "Solution",
    "Stage",
    "Stakeholder",
    "StandIn",
    "TierManager",
    "Update",
    "UpdateDraft",
]
