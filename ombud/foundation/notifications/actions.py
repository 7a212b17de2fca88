"""Telling, having read, and choosing how to be told."""

from django.db import transaction

from . import events
from .kinds import KINDS, named
from .models import Notice, Ways
from .queries import wish_a_mail

BATCH = 50  # on SQLite the write lock is held for a batch


def tell(people, kind, *, case, key, now, by=None):
    """Tell people something once; the same key is never told to the same person twice, nor to the teller.

    `kind` is the name of a Kind that a room declares. Who wishes it gets a mail too, unless they read the
    notice first.
    """
    kind = named(kind)
    told = [person for person in people if by is None or person.pk != by.pk]
    if not told:
        return
    mailed = wish_a_mail(told, kind)
    Notice.objects.bulk_create(
        (
            Notice(
                person=person,
                case=case,
                kind=kind.name,
                by=by,
                key=f"{key}:{person.pk}",
                created_at=now,
                mail_at=now + kind.wait if person.pk in mailed else None,
            )
            for person in told
        ),
        ignore_conflicts=True,
    )


def mark_read(person, *, now, case=None):
    """The person has seen their notices: all of them, or those of one case. What was read is not mailed."""
    unread = Notice.objects.filter(person=person, read_at=None)
    return (unread.filter(case=case) if case else unread).update(read_at=now, mail_at=None)


def mark_one_read(notice, *, now):
    """The person has seen this one."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now, mail_at=None)


def mail_due(now, write):
    """Call `write(notice, now=now)` for one batch of notices whose time for a mail has come.

    Says how many were taken. The post is no room of ours: who stands above both brings the writing along.
    """
    return Notice.objects.select_related("person", "by").work_through(now, write, limit=BATCH)


@transaction.atomic
def choose_ways(person, *, by_mail, while_away, by, now):
    """A person says which kinds also come by mail, and whether mails are sent while they are away."""
    chosen = {name: name in by_mail for name in KINDS}
    Ways.objects.update_or_create(person=person, defaults={"by_mail": chosen, "while_away": while_away})
    events.WAYS_CHOSEN.record(case=person.case_id, by=by, now=now, person=person.pk)
