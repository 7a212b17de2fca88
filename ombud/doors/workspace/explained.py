"""Why a promise is due when it is, as the lines of its popover."""

from datetime import timedelta

from babel.dates import format_skeleton
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.foundation.people.zones import place_of, zone_of
from ombud.spine.sla import explain, words
from ombud.spine.sla.models import State
from ombud.spine.sla.queries import Clocks
from ombud.spine.sla.shown import priority_of
from ombud.ui.locales import reader_locale
from ombud.ui.times import span, when_words

from .links import url_or_none
from .promises import said

FAR = timedelta(days=6)  # beyond it a weekday does not say which day is meant
LATER_THAN_DAYS = timedelta(hours=30)  # a line that is longer was folded from several days
NOTHING = "—"


def of(promise, ticket, now):
    """The context of a promise's popover."""
    clock = Clocks()(promise.calendar_id)
    told = explain.explain(promise, clock, now)
    policy = promise.version.policy.name if promise.version else ""
    source = words.source_words(policy, priority_of(promise, ticket.priority))
    return {
        "ticket": ticket,
        "promise": promise,
        "title": _title(promise, now),
        "there": _there(promise, ticket, now),
        "stands": said(promise, clock, now),
        "lines": [
            *_beginning(promise, ticket, source, now),
            *(_line(one, now) for one in told.lines),
            _total(promise, told),
        ],
        "lived": _("{name} has lived").format(name=_called(ticket.customer)),
        "lived_for": hours(told.lived),
        "calendar": promise.calendar,
        "calendar_url": url_or_none("office:calendar", promise.calendar_id) if promise.calendar_id else None,
        "ended": words.ended_words(promise),
    }


def hours(seconds):
    """A duration in hours, as it is counted: “45 h 56 min”, also beyond a day."""
    hours, minutes = int(seconds) // 3600, int(seconds) % 3600 // 60
    if not hours:
        return span(seconds)
    return (
        _("{hours} h {minutes} min").format(hours=hours, minutes=f"{minutes:02d}")
        if minutes
        else _("{n} h").format(n=hours)
    )


def _title(promise, now):
    called = words.called(promise)
    if promise.due_at is None:
        return called
    today = timezone.localdate(promise.due_at) == timezone.localdate(now)
    sentence = _("{promise} due today {time}") if today else _("{promise} due {time}")
    return sentence.format(promise=called, time=when_words(promise.due_at, now))


def _there(promise, ticket, now):
    """The same time on the customer's wall, where it is another one."""
    zone = zone_of(ticket.customer, ticket.account)
    if promise.due_at is None or zone is None:
        return ""
    theirs = promise.due_at.astimezone(zone)
    if theirs.utcoffset() == timezone.localtime(promise.due_at).utcoffset():
        return ""
    return _("{time} in {place}").format(time=f"{theirs:%H:%M}", place=place_of(zone))


def _beginning(promise, ticket, source, now):
    began = words.began_words(promise, _called(ticket.customer), promise.by.name if promise.by else "")
    yield {"words": began, "value": when_words(promise.started_at, now)}
    within = _("Promised within, {source}").format(source=source) if source else _("Promised within")
    yield {"words": within, "value": hours(promise.seconds), "off": True}


def _called(customer):
    """By the first of several names, as one speaks of them; a Chinese name or a title's whole."""
    first, *others = str(customer).split()
    return first if others and len(first) > 1 and not first.endswith(".") else str(customer)


def _line(line, now):
    why = words.line_words(line) if not line.counted or line.why not in ("working", "always") else ""
    said = " ".join(filter(None, (_stretch(line, now), why, words.without_words(line))))
    return {"words": said, "value": hours(line.seconds) if line.counted else NOTHING, "off": not line.counted}


def _stretch(line, now):
    start, end = timezone.localtime(line.start), timezone.localtime(line.end)
    if line.counted and end - start > LATER_THAN_DAYS and line.why != "always":
        return f"{_day(start, now, far=True)} – {_day(end, now, far=True)}"
    if start.date() == end.date():
        return f"{_day(start, now)} {start:%H:%M} – {end:%H:%M}"
    return f"{_day(start, now)} {start:%H:%M} – {_day(end, now)} {end:%H:%M}"


def _day(local, now, far=False):
    near = not far and abs(local - now) < FAR
    return format_skeleton("EEE" if near else "MMMd", local, locale=reader_locale())


def _total(promise, told):
    """What the lines add up to."""
    if promise.state == State.PAUSED:
        left = hours(promise.left or 0)
        return {
            "words": _("Counted so far; {left} left").format(left=left),
            "value": hours(told.counted),
            "total": True,
        }
    if promise.met_at and not promise.broken_at:
        return {
            "words": _("Working time used") if promise.calendar_id else _("Time used"),
            "value": hours(told.counted),
            "total": True,
        }
    return {
        "words": _("Working time promised") if promise.calendar_id else _("Time promised"),
        "value": hours(told.counted),
        "total": True,
    }
