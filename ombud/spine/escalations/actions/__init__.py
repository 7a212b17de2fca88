"""The verbs of an escalation. Doors and features import them from here."""

from .brief import decide, set_brief, set_levels
from .drafts import save_update_draft, take_back_update
from .leading import de_escalate, hand_over, reach, take_over
from .people import add_contact, add_stakeholder, confirm, remove_contact, remove_stakeholder
from .raising import join, part, raise_one
from .updates import end_waiver, send_update, set_next_update, waive

__all__ = [
    "add_contact",
    "add_stakeholder",
    "confirm",
    "de_escalate",
    "decide",
    "end_waiver",
    "hand_over",
    "join",
    "part",
    "raise_one",
    "reach",
    "remove_contact",
    "remove_stakeholder",
    "save_update_draft",
    "send_update",
    "set_brief",
    "set_levels",
    "set_next_update",
    "take_back_update",
    "take_over",
    "waive",
]
