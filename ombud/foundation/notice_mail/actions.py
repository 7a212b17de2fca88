"""Turning notices that are still unread into letters."""

import logging

from django.core.exceptions import ValidationError
from django.utils import translation

from ombud.foundation.notifications import actions as notifications
from ombud.foundation.post import actions as post

from .queries import Round
from .words import told

logger = logging.getLogger(__name__)


def mail_due(now):
    """Put one batch of the notices that are due into the post; says how many were taken."""
    round_ = Round(now)
    return notifications.mail_due(now, lambda notice, now: _mail(notice, round_, now))


def _mail(notice, round_, now):
    if round_.speaks_against(notice):
        return
    with translation.override(round_.language_of(notice.person)):
        letter = told(notice, round_)
        if letter is None:
            return
        try:
            post.send(
                key=f"notice:{notice.pk}",
                case=None,  # what we tell each other is no part of the ticket's own history
                mailbox=round_.mailbox,
                kind="notice",
                to=[[notice.person.name, notice.person.email]],
                subject=letter.subject,
                text=letter.text,
                html=letter.html,
                references=round_.thread_of(notice),
                now=now,
            )
        except ValidationError as refused:
            # Trying again would not help: the notice stands on the desk in any case.
            logger.warning("notice %s does not go out by mail: %s", notice.pk, " ".join(refused.messages))
