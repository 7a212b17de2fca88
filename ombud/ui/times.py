"""Times and durations as a reader wants them. `now` comes from the page's context, else from the clock."""

from datetime import timedelta
from functools import lru_cache

from babel.dates import format_date, format_skeleton, format_timedelta
from django.utils import timezone
from jinja2 import pass_context
from markupsafe import Markup, escape

from ombud.ui.locales import reader_locale
from ombud.ui.sentences import said as _

MINUTE, HOUR, DAY = 60, 3600, 86400


def _now(context, now):
    return now or context.get("now") or timezone.now()


@lru_cache(maxsize=64)
def _weekday(weekday, locale):
    return locale.days["format"]["abbreviated"][weekday]


@lru_cache(maxsize=4096)
def _short(date, this_year, locale):
    return format_skeleton("MMMd" if this_year else "yMMMd", date, locale=locale)


def _element(value, words):
    said = _in_full(value, timezone.get_current_timezone(), reader_locale())
    return Markup(f"<time {said}>{escape(words)}</time>")


# The times of a list are those of a moment ago; to say one anew takes ten times longer than to remember it.
@lru_cache(maxsize=4096)
def _in_full(value, zone, locale):
    local = value.astimezone(zone)
    full = f"{format_date(local, 'full', locale=locale)}, {local:%H:%M} ({zone})"
    return f'datetime="{local.isoformat()}" title="{escape(full)}"'


def when_words(value, now):
    """`14:05` today, `Tue 16:51` within six days, `12 Oct` this year, else with the year."""
    zone = timezone.get_current_timezone()
    return _when_words(value, now.astimezone(zone).date(), zone, reader_locale())


@lru_cache(maxsize=4096)
def _when_words(value, today, zone, locale):
    local = value.astimezone(zone)
    date = local.date()
    if date == today:
        return f"{local:%H:%M}"
    if abs((date - today).days) < 7:
        return f"{_weekday(local.weekday(), locale)} {local:%H:%M}"
    return _short(date, local.year == today.year, locale)


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
    return Markup('<om-time as="ago">{}</om-time>').format(
        _element(value, ago_words(value, _now(context, now)))
    )


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
    if seconds < DAY:
        return _hours(seconds)
    days, hours = seconds // DAY, seconds % DAY // HOUR
    return _("{days} d {hours} h").format(days=days, hours=hours) if hours else _("{n} d").format(n=days)


def _hours(seconds):
    hours, minutes = seconds // HOUR, seconds % HOUR // MINUTE
    if not minutes:
        return _("{n} h").format(n=hours)
    return _("{hours} h {minutes}").format(hours=hours, minutes=f"{minutes:02d}")
