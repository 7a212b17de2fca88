"""Climbs as the shapes of the API."""

from ombud.spine.ladders.queries import climbs_told

from .promises import iso


def on_ticket(ticket_id):
    """Every climb of a ticket, the newest first: two questions at most."""
    return [shown(climb) for climb in climbs_told(ticket_id)]


def shown(climb):
    """One climb; its tellings have been asked for."""
    return {
        "id": climb.pk,
        "ladder": climb.ladder.name,
        "why": climb.why,
        "also": climb.also,
        "since": iso(climb.since),
        "state": climb.state,
        "rung": climb.rung,
        "rungs": len(climb.plan["rungs"]),
        "started_at": iso(climb.started_at),
        "climbs_at": iso(climb.climbs_at),
        "held_by": climb.held_by and _person(climb.held_by),
        "held_since": iso(climb.held_since) if climb.held_by else None,
        "held_until": iso(climb.held_until),
        "ended_at": iso(climb.ended_at),
        "ended_why": climb.ended_why,
        "told": [_told(telling) for telling in climb.tellings.all()],
    }


def _told(telling):
    return {
        "rung": telling.rung,
        "round": telling.round,
        "person": _person(telling.person),
        "way": telling.way,
        "told_at": iso(telling.told_at),
    }


def _person(row):
    return {"id": row.pk, "name": row.name, "email": row.email}
