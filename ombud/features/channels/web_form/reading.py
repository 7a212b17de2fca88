"""A filled-in form's bytes, as what arrived."""

import json

from ombud.features.channels.arrival.arrived import Arrived, Unreadable
from ombud.lib.mail import language_of
from ombud.spine.tickets.said import Enclosed, Said


def read(raw, incoming):
    """Understand a form. Raises Unreadable."""
    try:
        form = json.loads(raw)
        said = Said(
            text=form["text"],
            subject=form["subject"],
            from_name=form["name"],
            from_address=form["email"],
            message_id=f"<{incoming.raw[:40]}.form.{incoming.pk}@without-id.invalid>",
            raw=incoming.raw,
            language=form["language"] or language_of(form["text"]) or "",
            happened_at=incoming.received_at,
            attachments=[Enclosed(**one) for one in form["attachments"]],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"The form is not whole: {error}") from error
    return Arrived(said=said, trap=bool(form["trap"]), why=("It was written into the form on the portal.",))
