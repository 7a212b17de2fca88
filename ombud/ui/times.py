"""Times and durations as a reader wants them. `now` comes from the page's context, else from the clock."""

from datetime import timedelta

from babel.dates import format_date, format_datetime, format_skeleton, format_timedelta
from django.utils import timezone
from django.utils.translation import gettext as _
from jinja2 import pass_context
from markupsafe import Markup

from ombud.ui.locales import reader_locale

MINUTE, HOUR, DAY = 60, 3600, 86400
TIME = Markup('<time datetime="{iso}" title="{full}">{words}</time>')
TICKING = Markup('<om-time as="{kind}">{time}</om-time>')


def _now(context, now):
    return now or context.get("now") or timezone.now()


def _in_full(local, locale):
    """Date, time and zone in words, for the title."""
    return (
        f"{format_date(local, 'full', locale=locale)}, {local:%H:%M} ({timezone.get_current_timezone_name()})"
    )


def _element(value, words):
    local = timezone.localtime(value)
    return TIME.format(iso=local.isoformat(), full=_in_full(local, reader_locale()), words=words)


def when_words(value, now):
    """`14:05` today, `Tue 16:51` within six days, `12 Oct` this year, else with the year."""
    local, today, locale = timezone.localtime(value), timezone.localtime(now).date(), reader_locale()
    if local.date() == today:
        return f"{local:%H:%M}"
    if abs((local.date() - today).days) < 7:
        return f"{format_datetime(local, 'EEE', locale=locale)} {local:%H:%M}"
    return format_skeleton("MMMd" if local.year == today.year else "yMMMd", local, locale=locale)


@pass_context
def when(context, value, now=None):
    """A `<time>` in the reader's zone, as short as it can be; the title says all of it."""
    return _element(value, when_words(value, _now(context, now))) if value else ""


def ago_words(value, now):
    """`3 min ago`, `in 2 hr`, `just now`: in the reader's language."""
    passed = now - value
    if abs(passed) < timedelta(seconds=45):
        return _("just now")
    return format_timedelta(-passed, add_direction=True, format="short", threshold=1, locale=reader_locale())


@pass_context
def ago(context, value, now=None):
    """How long ago, or how soon; goes on ticking in the browser."""
    if not value:
        return ""
    return TICKING.format(kind="ago", time=_element(value, ago_words(value, _now(context, now))))


def day(value):
    """A whole date: `Thursday 19 November 2026`."""
    local = timezone.localtime(value) if hasattr(value, "hour") else value
    return format_date(local, "full", locale=reader_locale())


def span(duration):
    """A duration (timedelta or seconds) in at most two units: `40 s`, `24 min`, `1 h 52`, `3 d 4 h`."""
    seconds = duration.total_seconds() if isinstance(duration, timedelta) else duration
    seconds = int(abs(seconds))
    if seconds < MINUTE:
        return _("{n} s").format(n=seconds)
    if seconds < HOUR:
        return _("{n} min").format(n=seconds // MINUTE)
    if seconds < 2 * DAY:
        return _hours(seconds)
    days, hours = seconds // DAY, seconds % DAY // HOUR
    return _("{days} d {hours} h").format(days=days, hours=hours) if hours else _("{n} d").format(n=days)


def _hours(seconds):
    hours, minutes = seconds // HOUR, seconds % HOUR // MINUTE
    if not minutes:
        return _("{n} h").format(n=hours)
    return _("{hours} h {minutes}").format(hours=hours, minutes=f"{minutes:02d}")
