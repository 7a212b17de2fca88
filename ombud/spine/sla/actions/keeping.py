"""Loading the book of a ticket, letting something happen in it, and saving what changed."""

from collections import defaultdict
from contextlib import contextmanager

from django.db import connection, transaction

from ombud.foundation.events.models import Event
from ombud.spine.sla import terms
from ombud.spine.sla.book import Book
from ombud.spine.sla.models import Agreement, Promise
from ombud.spine.sla.queries import Clocks, policies, policy_for
from ombud.spine.tickets.actions import mark_due
from ombud.spine.tickets.events import OPENED
from ombud.spine.tickets.models import Ticket

CHANGES = [  # what may change in a promise after it was made
    "state",
    "version",
    "seconds",
    "calendar",
    "started_at",
    "due_at",
    "near_at",
    "fires_at",
    "alarms",
    "pauses",
    "left",
    "answered_at",
    "broken_at",
    "met_at",
    "ended_at",
    "why",
]


@contextmanager
def book_of(ticket_id, *, now, by=None):
    """The book of a ticket, saved at the end; None for a ticket to which nothing was ever promised.

    The ticket is locked first, as every verb of a ticket does: so nobody waits for one another in a circle.
    """
    with transaction.atomic():
        if connection.features.has_select_for_update:
            list(Ticket.objects.select_for_update(no_key=True).filter(pk=ticket_id).values_list("pk"))
        agreement = Agreement.objects.select_related("version").filter(pk=ticket_id).first()
        if agreement is None:
            yield None
            return
        book = Book(agreement, _promises(ticket_id), terms_of(agreement.version), Clocks())
        yield book
        save([book], now=now, by=by)


def _promises(ticket_id):
    promises = Promise.objects.filter(ticket_id=ticket_id).order_by("id")
    if connection.features.has_select_for_update:
        promises = promises.select_for_update()
    return promises


def terms_of(version):
    """What a version promises; nothing without one."""
    return terms.read(version.terms) if version else terms.NOTHING


def begin(opened, *, now, by=None):
    """Promise what there is to promise to tickets just opened: pairs of a ticket and since when it waits.

    Nothing is kept about tickets that are opened while there is no policy at all.
    """
    among = policies()
    if not among:
        return
    clocks, read, books = Clocks(), {}, []
    for ticket, owed_since in opened:
        policy = policy_for(ticket, among)
        version = policy and policy.version
        if version and version.pk not in read:
            read[version.pk] = terms_of(version)
        book = Book.begin(ticket.pk, now, clocks)
        book.agree(version, ticket.priority, read[version.pk] if version else terms.NOTHING, now, "opened")
        book.opened(now, owed_since)
        books.append(book)
    save(books, now=now, by=by, new=True)


def begin_late(ticket, *, now, by=None):
    """A book for a ticket to which nothing was promised when it was opened, as for one of an archive."""
    if Agreement.objects.filter(pk=ticket.pk).exists():
        return
    opened = Event.objects.filter(case_id=ticket.case_id, verb=OPENED.name).order_by("id").first()
    book = Book.begin(ticket.pk, opened.happened_at if opened else ticket.created_at, Clocks())
    book.agree(None, ticket.priority, terms.NOTHING, now, "word")
    save([book], now=now, by=by, new=True)


def agree_again(ticket, why, *, now, by=None):
    """Something changed that a policy may ask about: look again which one holds."""
    policy = policy_for(ticket)
    version = policy and policy.version
    with book_of(ticket.pk, now=now, by=by) as book:
        if book:
            book.agree(version, ticket.priority, terms_of(version), now, why)


def save(books, *, now, by=None, new=False):
    """Write down what changed in books, in few statements, and then what happened."""
    if new:
        Agreement.objects.bulk_create(book.agreement for book in books)
    else:
        for book in books:
            book.agreement.save(update_fields=["version", "priority", "status", "owed_since", "answered_at"])
    touched = [promise for book in books for promise in book.touched.values()]
    Promise.objects.bulk_create(promise for promise in touched if promise.pk is None)
    _save_changed([promise for promise in touched if not promise._state.adding and promise.pk])
    _mark_tickets(books)
    _write_down(books, now, by)


def _save_changed(promises):
    for promise in promises:
        promise.save(update_fields=CHANGES)


def _mark_tickets(books):
    mark_due({book.agreement.ticket_id: book.next_due() for book in books if book.touched})


def _write_down(books, now, by):
    """One statement per verb; within a ticket the order of what happened is kept where it matters."""
    waiting = defaultdict(list)
    for book in books:
        for verb, promise, data in book.happened:
            ticket_id = book.agreement.ticket_id
            whole = {"ticket": ticket_id, **data} | ({"promise": promise.pk} if promise else {})
            waiting[verb].append((ticket_id, whole))
    for verb, happenings in waiting.items():
        verb.record_many(happenings, by=by, now=now)
