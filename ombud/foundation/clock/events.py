"""What can happen to working calendars."""

from ombud.foundation.events.log import Verb

CALENDAR_CHANGED = Verb(
    "calendar.changed", "A working calendar was made or changed.", ("calendar", "version", "fields")
)
CALENDAR_REFRESHED = Verb(
    "calendar.refreshed",
    "A working calendar learned of other holidays or closed days.",
    ("calendar", "version"),
)
CALENDAR_ARCHIVED = Verb("calendar.archived", "A working calendar was taken out of use.", ("calendar",))
CALENDAR_RESTORED = Verb("calendar.restored", "A working calendar is in use again.", ("calendar",))
DEFAULT_CALENDAR_SET = Verb(
    "calendar.default_set", "A working calendar became the default one.", ("old", "calendar")
)
FEED_FAILED = Verb(
    "calendar.feed_failed", "A calendar’s feed of closed days could not be read.", ("calendar",)
)
