"""Telling, having read, and choosing how to be told."""

from dataclasses import dataclass, field

from django.db import transaction

from ombud.foundation.events.models import Case
from ombud.foundation.people.models import Person

from . import events
from .kinds import KINDS, named
from .models import Notice, Ways
from .queries import wish_a_mail

BATCH = 10  # on SQLite the write lock is held for a batch


@dataclass(frozen=True)
class Telling:
    """One thing for one person: `case` (or its id) is what it is about, `key` is never told to them twice."""

    person: Person
    case: Case | int | None
    key: str
    data: dict = field(default_factory=dict)


def tell(people, kind, *, case, key, now, by=None):
    """Tell people something once; the same key is never told to the same person twice, nor to the teller.

    `kind` is the name of a Kind that a room declares. Who wishes it gets a mail too, unless they read the
    notice first.
    """
    tell_each([Telling(person, case, key) for person in people], kind, now=now, by=by)


def tell_each(tellings, kind, *, now, by=None, mail=None):
    """The same for many things at once. `mail` says whether it also comes by mail to who never chose."""
    kind = named(kind)
    told = [telling for telling in tellings if by is None or telling.person.pk != by.pk]
    if not told:
        return
    mailed = wish_a_mail({telling.person for telling in told}, kind, mail)
    Notice.objects.bulk_create(
        (
            Notice(
                person=telling.person,
                case_id=getattr(telling.case, "pk", telling.case),
                kind=kind.name,
                by=by,
                key=f"{telling.key}:{telling.person.pk}",
                data=telling.data,
                created_at=now,
                mail_at=now + kind.wait if telling.person.pk in mailed else None,
            )
            for telling in told
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


def call_off(pks, *, now):
    """What notices say does not hold any more: they count as read, and are not mailed."""
    return Notice.objects.filter(pk__in=pks, read_at=None).update(read_at=now, mail_at=None)


def mail_due(now, write):
    """Call `write(notice, now=now)` for one batch of notices whose time for a mail has come.

    Says how many were taken. The post is no room of ours: who stands above both brings the writing along.
    """
    return Notice.objects.select_related("person", "by", "case__ticket").work_through(now, write, limit=BATCH)


@transaction.atomic
def choose_ways(person, *, by_mail, while_away, by, now):
    """A person says which kinds also come by mail, and whether mails are sent while they are away."""
    chosen = {name: name in by_mail for name in KINDS}
    Ways.objects.update_or_create(person=person, defaults={"by_mail": chosen, "while_away": while_away})
    events.WAYS_CHOSEN.record(case=person.case_id, by=by, now=now, person=person.pk)
