"""Between the clock on the wall and the instants that pass: microseconds since 1970, which never repeat.

A time of day happens at the first instant when the clock on the wall shows it or has already passed it. So a
time that comes twice in autumn means the first one, a time that spring leaves out falls on the jump, and the
hours of a day that a country skipped (Apia, 30 December 2011) are no hours at all.
"""

from datetime import UTC, date, datetime, timedelta

from ombud.lib.working_time.refusals import N_, Refused

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = date(1970, 1, 1).toordinal()
SECOND = 1_000_000
DAY_SECONDS = 86_400
DAY = DAY_SECONDS * SECOND
TICK = timedelta(microseconds=1)

# Beyond these no zone has rules and no promise has meaning; they also bound how far a search can run.
FIRST = (datetime(1900, 1, 1, tzinfo=UTC) - EPOCH) // TICK
LAST = (datetime(2200, 1, 1, tzinfo=UTC) - EPOCH) // TICK


def instant_of(at, field="start"):
    """Microseconds since 1970 of a time with a zone, between 1900 and 2200; `Refused` names `field`."""
    if at.tzinfo is None:
        raise Refused(field, N_("a time needs its offset from UTC"))
    since = at - EPOCH
    instant = since.days * DAY + since.seconds * SECOND + since.microseconds
    if not FIRST <= instant < LAST:
        raise Refused(field, N_("only times between the years 1900 and 2200 can be counted"))
    return instant


def time_of(instant, zone):
    """The time of an instant, in a zone."""
    time = EPOCH + timedelta(microseconds=instant)
    return time if zone is UTC else time.astimezone(zone)


def instant_on(zone, day, second):
    """The instant of a second of a local day; seconds beyond 86,400 are on the days after."""
    wall = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(seconds=second)
    earlier, later = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    naive = (day.toordinal() - EPOCH_DAY) * DAY + second * SECOND
    if earlier < later:
        return _jump(zone, naive - later // TICK, naive - earlier // TICK, later)
    return naive - earlier // TICK


def _jump(zone, low, high, offset):
    """When the clock jumps over a time that does not exist: the first instant with the later offset."""
    while low < high:
        middle = (low + high) // 2
        if time_of(middle, zone).utcoffset() == offset:
            high = middle
        else:
            low = middle + 1
    return low
