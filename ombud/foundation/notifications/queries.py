"""Questions about notices."""

from .models import Notice


def unread(person):
    """What a person was told and has not seen, the newest first."""
    return Notice.objects.filter(person=person, read_at=None).select_related("by", "case__ticket")
