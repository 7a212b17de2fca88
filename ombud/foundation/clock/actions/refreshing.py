"""Keeping calendars up to date as time passes: holidays of further years, and feeds."""

import logging
from datetime import timedelta

from django.db import transaction

from ombud.foundation.clock import events, feeds, plans, words
from ombud.foundation.clock.models import Calendar
from ombud.foundation.clock.working import AGAIN, KEPT, work_out
from ombud.lib.working_time import Refused, check, read_calendar

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
OFTEN = timedelta(hours=6)  # how often a feed is fetched
AFTER_FAILURE = timedelta(hours=1)
_FEED = ("feed", "feed_etag", "feed_error", "feed_read_at", "feed_due_at")


def work_out_due(now):
    """Look up the holidays of further years where a month has passed; says how many calendars."""
    rows = Calendar.objects.lease(now, now + LEASE)
    for row in rows:
        try:
            _look_further(row, now)
        except Refused:  # a country's holidays are no longer known: what was found of them stays
            logger.exception("the holidays of %r could not be looked up", row)
            Calendar.objects.filter(pk=row.pk).update(work_out_at=now + AGAIN)
    return len(rows)


def _look_further(row, now):
    plans.look_up(row.plan, plans.years(row.made_at, now))  # slow at first, so before the lock
    with transaction.atomic():
        row = Calendar.objects.select_for_update().get(pk=row.pk)
        changed = work_out(row, now)
        row.save(update_fields=KEPT)
        if changed:
            _tell(row, None, now)


def refresh_feeds(now):
    """Fetch the feeds that are due; says how many."""
    rows = Calendar.feeds.lease(now, now + LEASE)
    for row in rows:
        refresh_feed(row, by=None, now=now)
    return len(rows)


def refresh_feed(calendar, *, by, now):
    """Fetch a calendar's feed now. What cannot be read, or would leave no working time, changes nothing.

    Says whether it could be read; `words.kept(feed_error)` says why not.
    """
    try:
        answer = feeds.fetch(calendar.feed_url, calendar.feed_etag)
        if answer.text is not None:
            feeds.days_of(answer.text, plans.years(calendar.made_at, now))  # slow, so before the lock
        with transaction.atomic():
            _take_in(calendar, answer, by, now)
    except Refused as refused:
        _failed(calendar, words.keep(refused), by, now)
        return False
    return True


def _take_in(calendar, answer, by, now):
    row = Calendar.objects.select_for_update().get(pk=calendar.pk)
    if row.feed_url != calendar.feed_url:
        return  # somebody wrote another address meanwhile; that one is due
    if answer.text is not None:
        row.feed, row.feed_etag = answer.text, answer.etag
    row.feed_error, row.feed_read_at, row.feed_due_at = "", now, now + OFTEN
    changed = work_out(row, now, anew=False)
    check(read_calendar(row.worked_out), now)
    row.save(update_fields=[*KEPT, *_FEED])
    if changed:
        _tell(row, by, now)


@transaction.atomic
def _failed(calendar, error, by, now):
    rows = Calendar.objects.filter(pk=calendar.pk, feed_url=calendar.feed_url)
    first = not calendar.feed_error
    if rows.update(feed_error=error, feed_due_at=now + AFTER_FAILURE) and first:
        events.FEED_FAILED.record(case=calendar.case_id, by=by, now=now, calendar=calendar.pk)


def _tell(row, by, now):
    events.CALENDAR_REFRESHED.record(case=row.case_id, by=by, now=now, calendar=row.pk, version=row.version)
