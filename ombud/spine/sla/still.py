"""Whether what a warning says still holds. No database."""

from .book import iso


def stands(promise, due):
    """Whether it is owed, by the time that was said, and no answer is on its way."""
    return promise.ended_at is None and promise.answered_at is None and iso(promise.due_at) == due
