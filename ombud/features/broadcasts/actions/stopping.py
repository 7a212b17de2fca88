"""Stopping a broadcast: by hand, or because its words changed."""

from ombud.features.broadcasts import events
from ombud.features.broadcasts.models import State
from ombud.foundation.notifications.actions import tell


def halt(broadcast, why, *, by, now):
    """Nobody else is written to. What has been handed to the post (some hundred letters at most) leaves."""
    broadcast.state, broadcast.due_at, broadcast.stopped_why = State.STOPPED, None, why
    broadcast.save(update_fields=["state", "due_at", "stopped_why"])
    case = broadcast.incident.case_id
    events.STOPPED.record(case=case, by=by, now=now, broadcast=broadcast.pk, why=why)
    if why != "hand" and broadcast.sent_by:
        key = f"broadcast_stopped:{broadcast.pk}:{now.isoformat()}"
        tell([broadcast.sent_by], "broadcast_stopped", case=case, key=key, now=now, by=by)
