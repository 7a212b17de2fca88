"""What an escalation does at once when something happens to a ticket of its own."""

from ombud.spine.tickets import events as tickets

from .models import Involved


@tickets.MERGED_AWAY.reaction
def follow_the_merge(event):
    """The ticket that goes on takes its place, unless it belongs to an escalation already."""
    mine = Involved.objects.filter(ticket=event.data["ticket"], left_at=None).first()
    if mine is None:
        return
    taken = Involved.objects.filter(ticket=event.data["into"], left_at=None).exists()
    if taken:
        mine.left_at, mine.is_main = event.happened_at, False
        mine.save(update_fields=["left_at", "is_main"])
        return
    mine.ticket_id = event.data["into"]
    mine.save(update_fields=["ticket"])
