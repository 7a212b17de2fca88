"""What a new policy begins with: sensible targets, to be changed. No database."""

HOURS, MINUTES = 3600, 60
# By priority: seconds of the first reply, next reply, next update and resolution. Who is there
# around the clock knows it; a new policy counts in working hours.
USUAL = {
    "p1": (30 * MINUTES, 1 * HOURS, 2 * HOURS, 8 * HOURS),
    "p2": (1 * HOURS, 2 * HOURS, 8 * HOURS, 24 * HOURS),
    "p3": (4 * HOURS, 8 * HOURS, 16 * HOURS, 40 * HOURS),
    "p4": (8 * HOURS, 16 * HOURS, None, None),
}
KINDS = ("first_reply", "next_reply", "update", "resolution")
WARNINGS = (
    {"percent": 75, "to": "holder", "by": "product"},
    {"percent": 100, "to": "holder", "by": "mail"},
    {"percent": 100, "to": "leads", "by": "digest"},
)
LONGEST_PAUSE = 7 * 24 * HOURS  # a week without a word from the customer is asked about, not waited for


def usual_terms(calendar):
    """Terms to begin with, counted in this calendar's working time."""
    return {
        "targets": {
            priority: {
                kind: {"seconds": seconds, "calendar": calendar.pk}
                for kind, seconds in zip(KINDS, times, strict=True)
                if seconds
            }
            for priority, times in USUAL.items()
        },
        "pauses": ["waiting"],
        "pause_limit": LONGEST_PAUSE,
        "warnings": [dict(warning) for warning in WARNINGS],
    }
