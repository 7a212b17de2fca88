"""Whether what a warning says still holds. No database."""

from datetime import datetime


def stands(promise, due):
    """Whether it is owed, by the time that was said, and no answer is on its way."""
    owed = promise.ended_at is None and promise.answered_at is None
    return owed and promise.due_at == datetime.fromisoformat(due)
