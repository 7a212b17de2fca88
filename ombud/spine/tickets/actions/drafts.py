"""Words not yet sent."""

from ombud.lib import files
from ombud.spine.tickets.models import Attachment, Draft, Message


def save_draft(ticket, *, by, kind, html, now, to=(), cc=(), bcc=()):
    """Keep what a person is writing. One draft for each person, ticket and kind."""
    newest = ticket.messages.order_by("-id").values_list("pk", flat=True).first() or 0
    draft, _made = Draft.objects.update_or_create(
        ticket=ticket,
        by=by,
        kind=Message.Kind(kind),
        defaults={"html": html, "to": list(to), "cc": list(cc), "bcc": list(bcc), "saved_at": now},
        create_defaults={
            "html": html,
            "to": list(to),
            "cc": list(cc),
            "bcc": list(bcc),
            "saved_at": now,
            "seen_message": newest,
        },
    )
    return draft


def attach(draft, *, name, content_type, content):
    """Enclose a file in a draft; its bytes are stored before the row is written."""
    return Attachment.objects.create(
        draft=draft,
        name=name[:255],
        content_type=content_type[:120],
        size=len(content),
        sha256=files.keep(content),
    )


def detach(draft, keep):
    """Take the files off a draft that are not among the ids to keep."""
    draft.attachments.exclude(pk__in=keep).delete()


def discard_draft(draft):
    """Throw a draft away, with the files that were enclosed in it."""
    draft.delete()
