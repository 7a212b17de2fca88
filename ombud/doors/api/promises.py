"""Promises as the shapes of the API."""

from datetime import UTC

from django.utils import timezone

from ombud.foundation.people.zones import zone_of
from ombud.spine.sla import explain, queries, standing, words
from ombud.spine.sla.shown import priority_of, shown_on


def iso(moment):
    """A time as every answer writes it."""
    return moment and moment.astimezone(UTC).isoformat(timespec="milliseconds")


def shown(promises, now):
    """Promises of one or many tickets; their calendars are asked for once."""
    clocks = queries.Clocks().of([promise for promise in promises if promise.is_owed])
    return [_shown(promise, clocks, now) for promise in promises]


def _shown(promise, clocks, now):
    left = None
    if promise.is_owed:
        left = round(standing.remaining(promise, clocks(promise.calendar_id), now))
    return {
        "id": promise.pk,
        "kind": promise.kind,
        "state": promise.state,
        "due_at": iso(promise.due_at),
        "remaining_seconds": left,
        "promised_seconds": promise.seconds,
        "started_at": iso(promise.started_at),
        "met_at": iso(promise.met_at),
        "broken_at": iso(promise.broken_at),
        "paused_for": standing.paused_for(promise),
        "policy": promise.version.policy.name if promise.version else None,
        "words": promise.words,
        "why": promise.why,
    }


def on_ticket(ticket_id):
    """Everything that was promised on a ticket, the oldest first: two questions at most."""
    return shown(shown_on([ticket_id])[ticket_id], timezone.now())


def explained(promise, ticket):
    """One promise line by line."""
    now, clocks = timezone.now(), queries.Clocks()
    told = explain.explain(promise, clocks(promise.calendar_id), now)
    zone = zone_of(ticket.customer, ticket.account)
    return {
        **_shown(promise, clocks, now),
        "began": words.began_words(promise, ticket.customer.name, promise.by.name if promise.by else ""),
        "source": words.source_words(*source(promise, ticket)),
        "calendar": promise.calendar.name if promise.calendar else None,
        "counted_seconds": told.counted,
        "lived_seconds": told.lived,
        "customer_time_zone": zone.key if zone else None,
        "customer_due_at": promise.due_at.astimezone(zone).isoformat(timespec="milliseconds")
        if promise.due_at and zone
        else None,
        "lines": [_line(line) for line in told.lines],
    }


def source(promise, ticket):
    """The name of the policy, and the priority by which it was measured."""
    policy = promise.version.policy.name if promise.version else ""
    return policy, priority_of(promise, ticket.priority)


def _line(line):
    return {
        "since": iso(line.start),
        "until": iso(line.end),
        "seconds": line.seconds,
        "counted": line.counted,
        "why": line.why,
        "words": words.line_words(line),
        "without": words.without_words(line),
    }
