"""What the desk does when a ticket was opened."""

from ombud.spine.tickets.events import OPENED

from .actions import acknowledge_soon


@OPENED.batch_follower
def acknowledge_what_was_opened(events):
    """Customers hear at once that their message arrived. What we entered ourselves they told us in person."""
    acknowledge_soon(
        [(event.data["ticket"], event.happened_at) for event in events if _came_from_outside(event)]
    )


def _came_from_outside(event):
    # A machine speaks through the API for a customer, under the name of a person of ours.
    return event.actor_id is None or event.data["channel"] == "api"
