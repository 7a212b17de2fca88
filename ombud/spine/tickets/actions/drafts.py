"""Words not yet sent."""

from ombud.spine.tickets.models import Draft, Message


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


def discard_draft(draft):
    """Throw a draft away, with the files that were enclosed in it."""
    draft.delete()
