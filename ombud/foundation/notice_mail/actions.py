"""Turning notices that are still unread into letters."""

import logging
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from ombud.foundation.notifications import actions as notifications
from ombud.foundation.post import actions as post
from ombud.foundation.post.models import Letter

from .queries import Round
from .words import told

logger = logging.getLogger(__name__)


def mail_due(now):
    """Put one batch of the notices that are due into the post; says how many were taken."""
    round_ = Round(now)
    return notifications.mail_due(now, lambda notice, now: _mail(notice, round_, now))


def call_off(notices, *, now):
    """What these notices say does not hold any more: they count as read, and a mail that waits stays here."""
    pks = [notice.pk for notice in notices]
    notifications.call_off(pks, now=now)
    for letter in Letter.objects.filter(key__in=[key_of(pk) for pk in pks], state=Letter.State.WAITING):
        with suppress(post.TooLate):
            post.take_back(letter, by=None, now=now)


def key_of(pk):
    """The key of the letter into which a notice is put."""
    return f"notice:{pk}"


def _mail(notice, round_, now):
    if round_.speaks_against(notice):
        return
    person = notice.person
    with translation.override(round_.language_of(person)), timezone.override(round_.zone_of(person)):
        letter = told(notice, round_)
        if letter is None:
            return
        try:
            post.send(
                key=key_of(notice.pk),
                case=None,  # what we tell each other is no part of the ticket's own history
                mailbox=round_.mailbox,
                kind="notice",
                to=[[person.name, person.email]],
                subject=letter.subject,
                text=letter.text,
                html=letter.html,
                references=round_.thread_of(notice),
                now=now,
            )
        except ValidationError as refused:
            # Trying again would not help: the notice stands on the desk in any case.
            logger.warning("notice %s does not go out by mail: %s", notice.pk, " ".join(refused.messages))
