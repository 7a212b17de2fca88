"""The verbs of this room. Doors and features import them from here."""

from .climbs import AlreadyHeld, Over, acknowledge, climb_now, end, leave, let_go, start
from .ladders import archive_ladder, begin_with_usual, keep_ladder, order_ladders, publish, restore_ladder
from .rotas import drop_duty, keep_duty, plan_duties
from .waiting import begin, led_by, settle, watch
from .webhooks import retry_webhooks

__all__ = [
    "AlreadyHeld",
    "Over",
    "acknowledge",
    "archive_ladder",
    "begin",
    "begin_with_usual",
    "climb_now",
    "drop_duty",
    "end",
    "keep_duty",
    "keep_ladder",
    "leave",
    "led_by",
    "let_go",
    "order_ladders",
    "plan_duties",
    "publish",
    "restore_ladder",
    "retry_webhooks",
    "settle",
    "start",
    "watch",
]
