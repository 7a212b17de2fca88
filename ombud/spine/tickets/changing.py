"""How a verb changes a ticket: only the columns it owns, and with the marks that every change leaves."""

from . import events


def change(ticket, *, by, now, **columns):
    """Save these columns. When a person of ours did it, the ticket is no longer untouched (M12)."""
    for column, value in columns.items():
        setattr(ticket, column, value)
    ticket.updated_at = now
    if by is not None and ticket.touched_at is None:
        ticket.touched_at = now
        columns["touched_at"] = now
    ticket.save(update_fields=[*columns, "updated_at"])


def moved(ticket, old, *, by, now):
    """Write in the log that the status is another than `old`; nothing when it is not."""
    if old != ticket.status:
        events.STATUS_SET.record(
            case=ticket.case_id, by=by, now=now, ticket=ticket.pk, old=old, new=str(ticket.status)
        )


def preview_of(text):
    """The beginning of a message, on one line, for the list."""
    return " ".join(text[:600].split())[:200]
