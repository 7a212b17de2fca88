"""Rows as the shapes of the API."""

from datetime import UTC

from django.urls import reverse

from ombud.spine.tickets.models import Ticket

from . import climbs, escalated, promises

WHOLE = ("customer", "account", "assignee", "team")


def iso(moment):
    """A time as every answer writes it: UTC, milliseconds, with offset."""
    return moment and moment.astimezone(UTC).isoformat(timespec="milliseconds")


def with_all(tickets):
    """The tickets with everything that `ticket` reads."""
    return tickets.select_related(*WHOLE).prefetch_related("tags", escalated.NOW_OF_TICKET)


def ticket(row):
    return {
        "number": row.number,
        "subject": row.subject,
        "status": row.status,
        "priority": row.priority,
        "severity": row.severity,
        "urgency": row.urgency,
        "customer": {"id": row.customer_id, "name": row.customer.name, "email": row.customer.email},
        "account": row.account and {"id": row.account_id, "name": row.account.name},
        "assignee": person(row.assignee),
        "team": row.team and {"id": row.team_id, "name": row.team.name},
        "tags": sorted(tag.name for tag in row.tags.all()),
        "channel": row.channel,
        "language": row.language,
        "created_at": iso(row.created_at),
        "updated_at": iso(row.updated_at),
        "last_message_at": iso(row.last_message_at),
        "waiting_since": iso(row.waiting_since),
        "snoozed_until": iso(row.wakes_at),
        "due_at": iso(row.promise_due_at),
        "escalation": escalated.ref_of(row),
    }


def one_ticket(pk):
    """A ticket as it is now, with the numbers that lead to it."""
    row = with_all(Ticket.objects).get(pk=pk)
    merged = Ticket.objects.filter(merged_into=pk).order_by("number").values_list("number", flat=True)
    return {
        **ticket(row),
        "merged_from": list(merged),
        "promises": promises.on_ticket(pk),
        "climbs": climbs.on_ticket(pk),
    }


def person(row):
    return row and {"id": row.pk, "name": row.name, "email": row.email}


def message(row):
    return {
        "id": row.pk,
        "kind": row.kind,
        "inside": row.is_inside,
        "channel": row.channel,
        "sender": {"name": row.from_name, "address": row.from_address},
        "to": _addresses(row.to),
        "cc": _addresses(row.cc),
        "by": person(row.by_person),
        "subject": row.subject,
        "text": row.text,
        "html": row.html,
        "language": row.language,
        "happened_at": iso(row.happened_at),
        "created_at": iso(row.created_at),
        "delivery": row.delivery or None,
        "auto": row.auto,
        "attachments": [attachment(file) for file in row.attachments.all()],
    }


def _addresses(pairs):
    return [{"name": name, "address": address} for name, address in pairs]


def attachment(file):
    return {
        "id": file.pk,
        "name": file.name,
        "content_type": file.content_type,
        "size": file.size,
        "sha256": file.sha256,
        "inline": file.inline,
        "url": reverse("api-1:attachment", args=[file.pk]),
    }


def event(row, numbers):
    """`numbers` maps the ids of other tickets to their numbers, as far as the caller may see them."""
    data = {name: value for name, value in row.data.items() if name != "ticket"}
    for name in OTHER_TICKET.get(row.verb, ()):
        data[name] = numbers.get(data[name])
    return {
        "id": row.pk,
        "verb": row.verb,
        "by": person(row.actor),
        "token": row.token and row.token.name,
        "happened_at": iso(row.happened_at),
        "data": data,
    }


# Which fields of an event name another ticket.
OTHER_TICKET = {
    "ticket.merged": ("other",),
    "ticket.merged_away": ("into",),
    "ticket.split_off": ("new",),
    "ticket.linked": ("other",),
    "ticket.unlinked": ("other",),
}
