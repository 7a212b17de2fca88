"""Saying when one may be asked."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.features.quiet_status import events
from ombud.features.quiet_status.models import MOST
from ombud.features.quiet_status.planner import locked_wishes, plan_anew
from ombud.foundation.clock.words import sentence
from ombud.lib.working_time import Refused
from ombud.lib.working_time.times import read_intervals

SAID = ("times", "weekdays", "day_from", "day_until", "focus", "budget", "by_mail")
A_DAY = 24 * 60  # minutes
MOST_TIMES = 6  # a day; more would be no bundle any more


@transaction.atomic
def set_wishes(person, *, by, now, **said):
    """Say when one may be asked how it stands; what waits is planned anew. See `Wishes` for what is said.

    Raises ValidationError when it cannot be meant: a time outside the working day, or in focus hours.
    """
    unknown = set(said) - set(SAID)
    if unknown:
        raise TypeError(f"nobody wishes {sorted(unknown)}")
    wishes = locked_wishes(person)
    for name, value in said.items():
        setattr(wishes, name, value)
    _check(wishes)
    wishes.save(update_fields=list(said))
    events.WISHES_SET.record(case=person.case_id, by=by, now=now, person=person.pk)
    plan_anew(wishes, now)


def _check(wishes):
    if not wishes.weekdays:
        raise ValidationError({"weekdays": _("Choose at least one day of the week.")})
    if not 0 <= wishes.day_from < wishes.day_until <= A_DAY:
        raise ValidationError({"day_until": _("The day ends after it begins, by midnight at the latest.")})
    if not 0 <= wishes.budget <= MOST:
        raise ValidationError({"budget": _("From 0 to %(most)d.") % {"most": MOST}})
    try:
        focus = read_intervals("focus", wishes.focus)
    except Refused as refused:
        raise ValidationError({"focus": sentence(refused)}) from None
    if any(closes > A_DAY * 60 for _opens, closes in focus):
        raise ValidationError({"focus": _("Focus hours end by midnight.")})
    if not 0 < len(wishes.times) <= MOST_TIMES:
        raise ValidationError({"times": _("Choose from one to %(most)d times.") % {"most": MOST_TIMES}})
    _check_times(wishes)


def _check_times(wishes):
    """Each time lies where they may be asked; in summer and in winter alike, since it is their own clock."""
    for minute in wishes.times:
        clock = f"{minute // 60}:{minute % 60:02}"
        if not wishes.day_from <= minute < wishes.day_until:
            raise ValidationError({"times": _("%(time)s lies outside your working day.") % {"time": clock}})
        for opens, closes in read_intervals("focus", wishes.focus):
            if opens <= minute * 60 < closes:
                raise ValidationError({"times": _("%(time)s lies in your focus hours.") % {"time": clock}})
