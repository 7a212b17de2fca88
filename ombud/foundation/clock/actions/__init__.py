"""Verbs of the clock: keeping calendars, and keeping them up to date as time passes."""

from .keeping import archive_calendar, keep_calendar, make_default, restore_calendar
from .refreshing import refresh_feed, refresh_feeds, work_out_due

__all__ = [
    "archive_calendar",
    "keep_calendar",
    "make_default",
    "refresh_feed",
    "refresh_feeds",
    "restore_calendar",
    "work_out_due",
]
