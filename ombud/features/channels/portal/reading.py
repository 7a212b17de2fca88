"""What was written on the customers' pages, as what arrived."""

import json

from ombud.features.channels.arrival.arrived import Arrived, Unreadable
from ombud.lib.mail import language_of
from ombud.spine.tickets.models import Ticket
from ombud.spine.tickets.numbers import token_of
from ombud.spine.tickets.said import Enclosed, Said


def read(raw, incoming):
    """Understand it. The ticket that was written in is named by our own token, as in an answer by mail.

    Raises Unreadable.
    """
    try:
        form = json.loads(raw)
        said = Said(
            text=form["text"],
            subject=form["subject"],
            from_name=form["name"],
            from_address=form["email"],
            message_id=f"<{incoming.raw[:40]}.portal.{incoming.pk}@without-id.invalid>",
            raw=incoming.raw,
            language=form["language"] or language_of(form["text"]) or "",
            happened_at=incoming.received_at,
            attachments=[Enclosed(**one) for one in form["attachments"]],
        )
        return Arrived(
            said=said,
            recipients=(_token_address(form["ticket"]),) if form["ticket"] else (),
            customer_id=form["customer"],
            opening={"severity": form["severity"]} if form["severity"] and not form["ticket"] else {},
            why=("It was written by a customer who is signed in on the portal.",),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"What was written on the portal is not whole: {error}") from error


def _token_address(number):
    return f"portal+{token_of(Ticket(number=number))}@portal.invalid"
