"""Telling, and having read."""

from .models import Notice


def tell(people, kind, *, case, key, now, by=None):
    """Tell people something once; the same key is never told to the same person twice, nor to the teller."""
    Notice.objects.bulk_create(
        (
            Notice(person=person, case=case, kind=kind, by=by, key=f"{key}:{person.pk}", created_at=now)
            for person in people
            if by is None or person.pk != by.pk
        ),
        ignore_conflicts=True,
    )


def mark_read(person, *, now, case=None):
    """The person has seen their notices: all of them, or those of one case."""
    unread = Notice.objects.filter(person=person, read_at=None)
    return (unread.filter(case=case) if case else unread).update(read_at=now)
