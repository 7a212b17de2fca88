"""Ladders: who is told next, how and when, until somebody has it.

Its verbs: keep_ladder, publish, order_ladders, archive_ladder; keep_duty, drop_duty; start, climb_now,
acknowledge, let_go, end.
"""
