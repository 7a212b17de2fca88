"""When a rota leaves nobody on duty. Minutes of the week, Monday 00:00 is 0, on the company's clock."""

from datetime import date

from babel.dates import format_skeleton
from django.utils.translation import gettext as _

from ombud.ui.locales import reader_locale

DAY = 24 * 60
WEEK = 7 * DAY
A_MONDAY = date(2024, 1, 1)


def spans(duty):
    """One duty as one or two pieces of the week: Sunday night goes on at the week's beginning."""
    starts = duty.weekday * DAY + duty.starts
    ends = duty.weekday * DAY + duty.ends
    if ends <= WEEK:
        return [(starts, ends)]
    return [(starts, WEEK), (0, ends - WEEK)]


def holes(duties):
    """[(from, to)] of the week when nobody is on duty; one that spans Sunday night is told as one."""
    free, at = [], 0
    for starts, ends in sorted(span for duty in duties for span in spans(duty)):
        if starts > at:
            free.append((at, starts))
        at = max(at, ends)
    if at < WEEK:
        free.append((at, WEEK))
    if len(free) > 1 and free[0][0] == 0 and free[-1][1] == WEEK:
        free = [*free[1:-1], (free[-1][0], free[0][1] + WEEK)]
    return free


def hole_words(hole):
    """“from Sat 18:00 to Mon 08:00”; “at any time” for a whole week."""
    starts, ends = hole
    if ends - starts >= WEEK:
        return _("at any time")
    return _("from {start} to {end}").format(start=minute_words(starts), end=minute_words(ends))


def minute_words(minute):
    """“Sat 18:00”."""
    day, minute = divmod(minute % WEEK, DAY)
    weekday = format_skeleton("EEE", A_MONDAY.replace(day=1 + day), locale=reader_locale())
    return f"{weekday} {minute // 60:02d}:{minute % 60:02d}"
