"""The rows of this room."""

from .climbs import Climb, State, Telling
from .ladders import Ladder, LadderVersion
from .rotas import Duty

__all__ = ["Climb", "Duty", "Ladder", "LadderVersion", "State", "Telling"]
