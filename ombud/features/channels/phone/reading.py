"""A logged call's bytes, as what arrived."""

import json
from datetime import datetime

from ombud.features.channels.arrival.arrived import Arrived, Unreadable
from ombud.foundation.people.models import Person, Team
from ombud.lib.mail import language_of
from ombud.spine.tickets.said import Said


def read(raw, incoming):
    """Understand what was logged. Raises Unreadable."""
    try:
        call = json.loads(raw)
        said = Said(
            text=call["text"],
            subject=call["subject"],
            from_name=call["name"],
            from_address=call.get("email", ""),
            message_id=f"<{incoming.raw[:40]}.call.{incoming.pk}@without-id.invalid>",
            raw=incoming.raw,
            language=call.get("language") or language_of(call["text"]) or "",
            happened_at=datetime.fromisoformat(call["at"]) if call.get("at") else incoming.received_at,
        )
        opening = {
            field: call[field] for field in ("severity", "urgency", "tags", "heard_where") if call.get(field)
        }
        for field, model in (("by", Person), ("heard_by", Person), ("team", Team)):
            if call.get(field):
                opening[field] = model.objects.get(pk=call[field])
    except (ValueError, KeyError, TypeError, Person.DoesNotExist, Team.DoesNotExist) as error:
        raise Unreadable(f"What was logged is not whole: {error}") from error
    return Arrived(
        said=said,
        opening=opening,
        phone=call.get("phone", ""),
        customer_id=call.get("customer"),
        account_id=call.get("account"),
        why=("One of ours wrote it down.",),
    )
