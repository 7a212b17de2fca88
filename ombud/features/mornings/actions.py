"""Expecting a mail in the morning, and sending those that are due."""

import logging
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from ombud.foundation.notice_mail.queries import Round
from ombud.foundation.notifications.queries import ways_of
from ombud.foundation.people.models import Company
from ombud.foundation.people.queries import is_away
from ombud.foundation.post import actions as post

from .letters import letter_of
from .models import Morning
from .queries import changed

logger = logging.getLogger(__name__)
HOUR = 8  # on their clock: before the day begins
BATCH = 10  # on SQLite the write lock is held for a batch


def expect(person, wished, *, now):
    """Whether they get the mail: from the next weekday morning on, about what happens from now on."""
    row = Morning.objects.filter(person=person).first()
    if not wished:
        Morning.objects.filter(person=person).update(due_at=None)
    elif row is None:
        Morning.objects.create(person=person, told_until=now, due_at=next_morning(person, now))
    elif row.due_at is None:
        row.told_until, row.due_at = now, next_morning(person, now)
        row.save(update_fields=["told_until", "due_at"])


def next_morning(person, now):
    """Eight o'clock on their next weekday, in UTC."""
    company = Company.ours()
    name = person.time_zone or (company.time_zone if company else settings.TIME_ZONE)
    local = now.astimezone(ZoneInfo(name))
    day = local.replace(hour=HOUR, minute=0, second=0, microsecond=0, fold=0)
    while day <= local or day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def work_mornings(now):
    """Send one batch of those that are due; says how many were taken. Nothing changed: nothing is sent."""
    round_ = Round(now)
    rows = Morning.objects.select_related("person")
    return rows.work_through(now, lambda row, now: _morning(row, round_, now), limit=BATCH)


def _morning(row, round_, now):
    person = row.person
    if not person.is_active:
        return
    away = is_away(person, now) and not ways_of(person).while_away
    if not away:  # who is away is told when they are back
        if round_.mailbox and not round_.would_come_back(person):
            _send(row, round_, now)
        row.told_until = now
    row.due_at = next_morning(person, now)
    row.save(update_fields=["told_until", "due_at"])


def _send(row, round_, now):
    person = row.person
    with translation.override(round_.language_of(person)), timezone.override(round_.zone_of(person)):
        found = changed(person, row.told_until, now)
        if not found:
            return
        letter = letter_of(found, round_)
    try:
        post.send(
            key=f"morning:{row.pk}:{now:%Y-%m-%dT%H}",
            case=None,  # what we tell each other is no part of a ticket's own history
            mailbox=round_.mailbox,
            kind="notice",
            to=[[person.name, person.email]],
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            now=now,
        )
    except ValidationError:
        logger.warning("the morning's mail does not go out: %s", person.email)
