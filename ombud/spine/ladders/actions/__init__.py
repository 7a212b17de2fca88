"""The verbs of this room. Doors and features import them from here."""

from .climbs import AlreadyHeld, Over, acknowledge, climb_now, end, let_go, start
from .ladders import archive_ladder, keep_ladder, order_ladders, publish
from .rotas import drop_duty, keep_duty

__all__ = [
    "AlreadyHeld",
    "Over",
    "acknowledge",
    "archive_ladder",
    "climb_now",
    "drop_duty",
    "end",
    "keep_duty",
    "keep_ladder",
    "let_go",
    "order_ladders",
    "publish",
    "start",
]
