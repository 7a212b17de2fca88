"""The Date header as an aware time in UTC."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import mktime_tz, parsedate_tz

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_USUAL = re.compile(
    r"\s*(?:[A-Za-z]{3},?\s+)?(\d{1,2})\s+([A-Za-z]{3})\s+(\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s+([+-])(\d{2})(\d{2})\b"
)


def read_date(value):
    """The time in UTC, or None when the header is missing or no date."""
    value = value[:200]
    match = _USUAL.match(value)
    try:
        if match:
            day, month, year, hour, minute, second, sign, off_hours, off_minutes = match.groups()
            offset = timedelta(hours=int(off_hours), minutes=int(off_minutes))
            zone = timezone(-offset if sign == "-" else offset)
            seconds = min(int(second or 0), 59)  # a leap second is written as 60
            at = datetime(
                int(year), _MONTHS[month.lower()], int(day), int(hour), int(minute), seconds, tzinfo=zone
            )
            return at.astimezone(UTC)
        parsed = parsedate_tz(value)
        return datetime.fromtimestamp(mktime_tz(parsed), UTC) if parsed else None
    except (ValueError, KeyError, OverflowError, OSError, TypeError, IndexError):
        return None
