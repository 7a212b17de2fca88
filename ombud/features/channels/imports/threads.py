"""Imported threads, once all their mails are there: what was over long ago does not stand open."""

from django.db.models import Exists, OuterRef

from ombud.features.channels.models import Incoming
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Message, Ticket

TOGETHER = 200  # on SQLite the write lock is held for a batch


def tickets_of(keys):
    """The tickets of what became a message by an import, under these keys, now or in an earlier run."""
    return set(_taken_in().filter(key__in=keys).values_list("message__ticket", flat=True))


def settle(ids, *, silent_since, by, now):
    """Settle these tickets; says how many threads there were, and how many of them are resolved now.

    One in which something else than the archive spoke, or that somebody holds, is left alone.
    """
    ids, threads, resolved = sorted(ids), 0, 0
    for at in range(0, len(ids), TOGETHER):
        only = list(_only_imported(ids[at : at + TOGETHER]))
        threads += len(only)
        resolved += tickets.settle_imported(only, silent_since=silent_since, by=by, now=now)
    return threads, resolved


def _only_imported(ids):
    came = _taken_in().filter(message=OuterRef("pk"))
    others = Message.objects.filter(~Exists(came), ticket=OuterRef("pk"))
    threads = Ticket.objects.filter(~Exists(others), pk__in=ids, merged_into=None, assignee=None)
    return threads.values_list("pk", flat=True)


def _taken_in():
    """What became a message by an import, not what was there already."""
    return Incoming.objects.filter(source="mbox", state=Incoming.State.DONE, message__isnull=False)
