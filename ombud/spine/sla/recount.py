"""Working out a ticket's promises anew, from nothing but its log. The stored rows must say the same."""

from datetime import datetime

from ombud.foundation.events.models import Event
from ombud.spine.tickets.events import OPENED
from ombud.spine.tickets.models import Message

from . import events, happenings
from .actions.keeping import terms_of
from .book import Book
from .models import Kind, PolicyVersion
from .queries import Clocks


def recount(ticket_id, now):
    """The book of a ticket as its log tells it until `now`; None if nothing was ever promised on it."""
    book = None
    for event in Event.objects.filter(case_id=ticket_id, happened_at__lte=now).order_by("id"):
        if event.verb == OPENED.name:
            opened = event
        elif event.verb == events.AGREED.name and book is None:
            book = _begin(ticket_id, opened, event)
        elif book:
            _READ.get(event.verb, lambda _book, _event: None)(book, event)
    if book:
        book.catch_up(now)
    return book


def _begin(ticket_id, opened, agreed):
    book = Book.begin(ticket_id, opened.happened_at, Clocks())
    _agree(book, agreed)
    if agreed.data["why"] == "word":  # nothing was promised when it was opened
        return book
    message = Message.objects.filter(pk=opened.data["message"]).first()
    book.opened(opened.happened_at, message and happenings.owed_since(message))
    return book


def _agree(book, event):
    version = PolicyVersion.objects.filter(pk=event.data["version"]).first()
    book.agree(version, event.data["priority"], terms_of(version), event.happened_at, event.data["why"])


def _made(book, event):
    if event.data["kind"] == Kind.WORD:
        due_at = datetime.fromisoformat(event.data["due"])
        promise = book.gave_word(event.happened_at, due_at, "", event.actor)
        promise.recounted = event.data["promise"]


def _word(deed):
    def read(book, event):
        for promise in book.promises:
            if getattr(promise, "recounted", None) == event.data["promise"] and promise.is_owed:
                getattr(book, deed)(promise, event.happened_at)

    return read


_READ = happenings.READ | {
    events.AGREED.name: _agree,
    events.MADE.name: _made,
    events.KEPT.name: _word("kept_word"),
    events.MADE_GOOD.name: _word("kept_word"),
    events.CANCELLED.name: _word("withdrew_word"),
}
