"""Questions about kinds of request."""

from .models import Answers, RequestKind


def kinds_in_use():
    """Those that customers may choose, in order."""
    return RequestKind.objects.filter(archived_at=None)


def answers_on(ticket_id):
    """What was answered on a ticket, or None."""
    return Answers.objects.filter(pk=ticket_id).select_related("kind").first()
