"""Rotas: who is on duty, week by week."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import PEOPLE, require
from ombud.spine.ladders import events
from ombud.spine.ladders.models import Duty

DAY = 24 * 60  # minutes


@transaction.atomic
def keep_duty(duty=None, *, team, person, weekday, starts, ends, by, now):
    """Somebody is on duty on a weekday (0 is Monday).

    From `starts` to `ends`, in minutes after midnight on the company's clock; an end after 1,440 lies on the
    next day. Raises ValidationError by field.
    """
    if by is not None:
        require(by, PEOPLE)
    if weekday not in range(7):
        raise ValidationError({"weekday": _("Choose a weekday.")})
    if not 0 <= starts < DAY or not starts < ends <= 2 * DAY:
        raise ValidationError({"ends": _("The end comes after the start, at most on the next day.")})
    if not person.is_active:
        raise ValidationError({"person": _("%(name)s has no access any more.") % {"name": person.name}})
    duty = duty or Duty()
    duty.team, duty.person, duty.weekday, duty.starts, duty.ends = team, person, weekday, starts, ends
    duty.save()
    events.DUTY_KEPT.record(case=person.case_id, by=by, now=now, team=team.pk, person=person.pk)
    return duty


@transaction.atomic
def plan_duties(*, team, person, weekdays, starts, ends, by, now):
    """The same on several weekdays at once."""
    if not weekdays:
        raise ValidationError({"weekdays": _("Choose a weekday.")})
    given = {"team": team, "person": person, "starts": starts, "ends": ends, "by": by, "now": now}
    return [keep_duty(weekday=weekday, **given) for weekday in weekdays]


@transaction.atomic
def drop_duty(duty, *, by, now):
    """Nobody is on duty there any more."""
    require(by, PEOPLE)
    events.DUTY_DROPPED.record(
        case=duty.person.case_id, by=by, now=now, team=duty.team_id, person=duty.person_id
    )
    duty.delete()
