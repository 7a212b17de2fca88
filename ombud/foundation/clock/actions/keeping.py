"""Making calendars, changing them, taking them out of use. Who may do it, the door asks."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.clock import events, feeds, words
from ombud.foundation.clock.models import Calendar
from ombud.foundation.clock.working import LOOKED_UP, work_out
from ombud.foundation.events.models import Case
from ombud.lib.working_time import Refused, check, read_calendar

_FIELDS = ("name", "plan", "feed_url", "feed", "feed_name")


@transaction.atomic
def keep_calendar(*, calendar=None, by, now, **fields):
    """Make a working calendar, or change one: `name`, `plan` (see `clock.plans`), its feed of closed days.

    A feed is either `feed_url`, which is fetched now and then, or `feed` (the text) with `feed_name`; an
    empty one takes the old one away. The first calendar is the default. Raises ValidationError with a
    sentence per field, also when there is not one working minute in the next year; nothing is changed then.
    """
    unknown = set(fields).difference(_FIELDS)
    if unknown:
        raise TypeError(f"a calendar has no {sorted(unknown)}")
    row = _locked(calendar) if calendar else Calendar(made_at=now)
    was = {field: getattr(row, field) for field in fields}
    for field, value in fields.items():
        setattr(row, field, value.strip() if field in ("name", "feed_url") else value)
    changed = sorted(field for field in fields if row.pk is None or was[field] != getattr(row, field))
    _check_name(row)
    _settle_feed(row, changed, now)
    _work_out(row, was.get("plan"), changed, now)
    if row.pk is None:
        row.case = Case.objects.create(kind="calendar")
        row.is_default = not Calendar.objects.filter(is_default=True).exists()
    row.save()
    events.CALENDAR_CHANGED.record(
        case=row.case_id, by=by, now=now, calendar=row.pk, version=row.version, fields=changed
    )
    return row


def _locked(calendar):
    return Calendar.objects.select_for_update().get(pk=calendar.pk)


def _check_name(row):
    if not row.name:
        raise ValidationError({"name": _("A calendar needs a name.")})
    if Calendar.objects.filter(name__iexact=row.name).exclude(pk=row.pk).exists():
        raise ValidationError({"name": _("There is a calendar with this name already.")})


def _settle_feed(row, changed, now):
    """An address is fetched soon and takes the place of a file; a file takes the place of an address."""
    if "feed" in changed and row.feed:
        row.feed_url, row.feed_read_at = "", now
        row.feed_error = row.feed_etag = ""
        row.feed_due_at = None
    elif "feed_url" in changed:
        row.feed = row.feed_name = row.feed_error = row.feed_etag = ""
        row.feed_read_at = None
        row.feed_due_at = now if row.feed_url else None
    if not row.feed:
        row.feed_name = ""


def _work_out(row, old_plan, changed, now):
    try:
        if row.feed_url:
            row.feed_url = feeds.address(row.feed_url)
        other_days = row.pk is None or (
            "plan" in changed and any(old_plan.get(part) != row.plan.get(part) for part in LOOKED_UP)
        )
        work_out(row, now, anew=other_days, feed_anew=bool({"feed", "feed_url"}.intersection(changed)))
        check(read_calendar(row.worked_out), now)
    except Refused as refused:
        field = refused.field.partition("[")[0].partition(".")[0]
        raise ValidationError({field: words.sentence(refused)}) from refused


@transaction.atomic
def make_default(calendar, *, by, now):
    """Let this calendar count for whatever names no other. Raises ValidationError if it is out of use."""
    row = _locked(calendar)
    if row.archived_at:
        raise ValidationError(_("This calendar is out of use. Take it into use first."))
    old = Calendar.objects.filter(is_default=True).values_list("pk", flat=True).first()
    if old == row.pk:
        return
    Calendar.objects.filter(is_default=True).update(is_default=False)
    Calendar.objects.filter(pk=row.pk).update(is_default=True)
    calendar.is_default = True
    events.DEFAULT_CALENDAR_SET.record(case=row.case_id, by=by, now=now, old=old, calendar=row.pk)


@transaction.atomic
def archive_calendar(calendar, *, by, now):
    """Take it out of use: nothing new can choose it, what works by it goes on. Raises ValidationError."""
    row = _locked(calendar)
    if row.is_default:
        raise ValidationError(_("This is the default calendar. Make another one the default first."))
    Calendar.objects.filter(pk=row.pk).update(archived_at=now)
    events.CALENDAR_ARCHIVED.record(case=row.case_id, by=by, now=now, calendar=row.pk)


@transaction.atomic
def restore_calendar(calendar, *, by, now):
    """Take it into use again."""
    Calendar.objects.filter(pk=calendar.pk).update(archived_at=None)
    events.CALENDAR_RESTORED.record(case=calendar.case_id, by=by, now=now, calendar=calendar.pk)
