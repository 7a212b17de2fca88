"""Ladders: who is told next, how and when, until somebody has it.

Its verbs: keep_ladder, publish, order_ladders, archive_ladder, restore_ladder, begin_with_usual; keep_duty,
plan_duties, drop_duty; start, begin, watch, settle, climb_now, acknowledge, let_go, leave, end; led_by,
retry_webhooks.
"""
