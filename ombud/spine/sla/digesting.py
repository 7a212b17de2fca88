"""Digests: what leads are told of is gathered for a while from the first, and goes out as one list."""

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from ombud.foundation.notice_mail.queries import Round
from ombud.foundation.notifications.actions import Telling, tell_each
from ombud.foundation.notifications.queries import refuses_mail
from ombud.foundation.post import actions as post
from ombud.spine.tickets.queries import visible_to

from . import notices
from .letters import letter_of
from .models import Digest, DigestLine
from .still import stands

logger = logging.getLogger(__name__)
GATHERS = timedelta(minutes=15)  # a storm is one mail, and nobody hears of a break later than that
SHOWN = ("promise__ticket__customer__account", "promise__ticket__account", "promise__ticket__assignee")
BATCH = 20  # on SQLite the write lock is held for a batch


def gather(listed):
    """Put pairs of a telling and its event into the open digests of their people, each once."""
    if not listed:
        return
    firsts = {}
    for telling, event in listed:
        firsts.setdefault(telling.person.pk, event.happened_at)
    Digest.objects.bulk_create(
        (Digest(person_id=pk, opened_at=at, due_at=at + GATHERS) for pk, at in sorted(firsts.items())),
        ignore_conflicts=True,
    )
    opened = _opened(firsts)
    DigestLine.objects.bulk_create(
        (
            DigestLine(
                digest=opened[telling.person.pk],
                promise_id=telling.data["promise"],
                key=f"{telling.key}:{telling.person.pk}",
                due=telling.data["due"],
                percent=telling.data["percent"],
            )
            for telling, _event in listed
        ),
        ignore_conflicts=True,
    )


def _opened(people):
    """{person: their open digest}, held fast: it must not leave before these lines stand in it."""
    found = Digest.objects.filter(person__in=people, due_at__isnull=False).order_by("pk")
    return {digest.person_id: digest for digest in found.select_for_update()}


def send_due(now):
    """Send one batch of the digests that have gathered for long enough; says how many were taken."""
    round_ = Round(now)
    digests = Digest.objects.select_related("person")
    return digests.work_through(now, lambda digest, now: _send(digest, round_, now), limit=BATCH)


def _send(digest, round_, now):
    person = digest.person
    owed, good = _owed(digest)
    if not owed or not person.is_active:
        return
    _tell(digest, owed, now)
    if refuses_mail(person, notices.DIGEST) or round_.mailbox is None or round_.would_come_back(person):
        return
    with translation.override(round_.language_of(person)), timezone.override(round_.zone_of(person)):
        letter = letter_of(owed, good, round_)
    try:
        post.send(
            key=f"digest:{digest.pk}",
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
        logger.warning("digest %s does not go out by mail: %s", digest.pk, person.email)


def _owed(digest):
    """The promises that are still owed and theirs to see, the latest first; how many were made good."""
    lines = list(digest.lines.select_related(*SHOWN))
    theirs = set(
        visible_to(digest.person)
        .filter(pk__in=[line.promise.ticket_id for line in lines])
        .values_list("pk", flat=True)
    )
    lines = [line for line in lines if line.promise.ticket_id in theirs]
    owed = {line.promise_id: line.promise for line in lines if stands(line.promise, line.due)}
    good = {line.promise_id for line in lines if line.promise.met_at}
    return sorted(owed.values(), key=lambda promise: (promise.due_at, promise.pk)), len(good)


def _tell(digest, owed, now):
    """It stands on the desk, too; a list of one leads to its ticket."""
    case = owed[0].ticket_id if len({promise.ticket_id for promise in owed}) == 1 else None
    broken = sum(promise.broken_at is not None for promise in owed)
    counts = {"broken": broken, "near": len(owed) - broken}
    telling = Telling(digest.person, case, f"digest:{digest.pk}", counts)
    tell_each([telling], notices.DIGEST, now=now, mail=False)
