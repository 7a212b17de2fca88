"""Closed days from an iCalendar feed: its all-day events, repeated ones included.

The libraries are imported only when a feed is read: they take some 8 MB.
"""

from datetime import datetime, timedelta
from importlib import import_module

from ombud.lib.working_time.refusals import N_, Refused

ONE_DAY = timedelta(days=1)
BY_DAY = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}


def closed_days(feed, first, last):
    """The days from `first` to `last` (included) that a feed's all-day events name: date → summary.

    Events with a time of day are meetings, not closed days; cancelled ones did not happen. `feed` is bytes
    or text; `Refused` if it cannot be understood. Give a range of a few years: a weekly event fills it.
    """
    try:
        calendar = _all_day(import_module("icalendar"), feed)
        events = import_module("recurring_ical_events").of(calendar).between(first, last + ONE_DAY)
    except ImportError:
        raise Refused(
            "feed",
            N_("feeds need the Python packages icalendar and recurring-ical-events; bin/serve installs them"),
        ) from None
    except Exception as error:  # a stranger's file: the libraries raise whatever its lines lead them to
        raise Refused("feed", N_("this iCalendar feed cannot be read: {error}"), error=error) from error
    days = {}
    for event in sorted(events, key=lambda one: one.start):
        day = max(event.start, first)
        while day < max(event.end, event.start + ONE_DAY) and day <= last:
            days.setdefault(day, str(event.get("SUMMARY", "")))
            day += ONE_DAY
    return days


def _all_day(icalendar, feed):
    """The feed without events that have a time, or repeat within a day: expanding those takes for ever."""
    kept = icalendar.Calendar()
    calendars = icalendar.Calendar.from_ical(feed, multiple=True)
    if not calendars:
        raise ValueError("it is empty")
    for calendar in calendars:
        for event in calendar.walk("VEVENT"):
            takes_place = event.get("STATUS") != "CANCELLED"
            if takes_place and not isinstance(event.start, datetime) and _by_day(event):
                kept.add_component(event)
    return kept


def _by_day(event):
    rules = event.get("RRULE", [])
    rules = rules if isinstance(rules, list) else [rules]
    return all({str(often).upper() for often in rule.get("FREQ", [])} <= BY_DAY for rule in rules)
