"""The rows of this room."""

from .climbs import Climb, State, Telling
from .ladders import Ladder, LadderVersion
from .rotas import Duty
from .waiting import Led, Watch
from .webhooks import Webhook

__all__ = ["Climb", "Duty", "Ladder", "LadderVersion", "Led", "State", "Telling", "Watch", "Webhook"]
