"""The verbs of an escalation. Doors and features import them from here."""

from .asking import ask, settle
from .brief import decide, set_brief, set_levels
from .drafts import save_update_draft, take_back_update
from .hearing import hear
from .house_rules import keep_route, keep_tier_manager, set_silence, take_their_word
from .leading import de_escalate, hand_over, reach, take_over
from .passes import give_pass, revoke_pass
from .people import add_contact, add_stakeholder, confirm, remove_contact, remove_stakeholder
from .pulse import say_pulse
from .raising import join, part, raise_one
from .solutions import accept, decline, propose, settle_fix, sign_off, withdraw
from .updates import end_waiver, send_update, set_next_update, waive

__all__ = [
    "accept",
    "add_contact",
    "add_stakeholder",
    "ask",
    "confirm",
    "de_escalate",
    "decide",
    "decline",
    "end_waiver",
    "give_pass",
    "hand_over",
    "hear",
    "join",
    "keep_route",
    "keep_tier_manager",
    "part",
    "propose",
    "raise_one",
    "reach",
    "remove_contact",
    "remove_stakeholder",
    "revoke_pass",
    "save_update_draft",
    "say_pulse",
    "send_update",
    "set_brief",
    "set_levels",
    "set_next_update",
    "set_silence",
    "settle",
    "settle_fix",
    "sign_off",
    "take_back_update",
    "take_over",
    "take_their_word",
    "waive",
    "withdraw",
]
