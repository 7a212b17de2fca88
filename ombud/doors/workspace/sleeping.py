"""Until when a ticket may sleep: a few usual times, in the reader's own zone."""

from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

MORNING = time(9)


def presets(now):
    """Usual times as (key, words, time)."""
    local = timezone.localtime(now)
    tomorrow = _at(local.date() + timedelta(days=1))
    monday = _at(local.date() + timedelta(days=7 - local.weekday()))
    return [
        ("1h", _("In an hour"), now + timedelta(hours=1)),
        ("4h", _("In four hours"), now + timedelta(hours=4)),
        ("tomorrow", _("Tomorrow morning"), tomorrow),
        ("monday", _("Monday morning"), monday),
        ("week", _("In a week"), _at(local.date() + timedelta(days=7))),
    ]


def until(chosen, now):
    """The time that a form asked for: a preset's key, or a local date and time."""
    for key, _words, at in presets(now):
        if key == chosen:
            return at
    try:
        asked = datetime.fromisoformat(chosen)
    except ValueError:
        raise ValidationError(_("Choose until when it should sleep.")) from None
    return timezone.make_aware(asked) if timezone.is_naive(asked) else asked


def _at(day):
    return timezone.make_aware(datetime.combine(day, MORNING))
