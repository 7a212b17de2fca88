"""What an escalation does at once when something happens to a ticket of its own."""

from datetime import timedelta

from ombud.spine.tickets import events as tickets

from . import events
from .actions.asking import settle_raised
from .actions.drafts import withdraw
from .models import Involved, Update

JUST_NOW = timedelta(minutes=1)  # a reply can be taken back for ten seconds


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


@tickets.REPLY_TAKEN_BACK.reaction
def withdraw_what_nobody_gets(event):
    """An update whose mails were all taken back, one by one or at once, was never sent."""
    empty = Update.objects.filter(
        escalation__involved__ticket=event.data["ticket"],
        messages=None,
        sent_at__gte=event.happened_at - JUST_NOW,
    )
    for update in empty.select_related("escalation", "by").distinct():
        withdraw(update, by=event.actor, now=event.happened_at)


@events.JOINED.reaction
def what_was_asked_is_done(event):
    """Their asking is answered: the ticket belongs to an escalation."""
    settle_raised(event.data["ticket"], event.data["escalation"], now=event.happened_at)
