"""What an escalation does at once when something happens to a ticket of its own."""

from datetime import timedelta

from ombud.spine.ladders.actions import led_by
from ombud.spine.tickets import events as tickets

from . import events
from .actions.asking import settle_raised
from .actions.climbs import climb_for_late_update, look_who_confirmed, no_update_is_late, say_who_leads
from .actions.drafts import withdraw
from .changing import locked
from .models import Escalation, Involved, Update
from .queries import open_on

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


def _escalation_of(event):
    return Escalation.objects.select_related("case", "manager").get(pk=event.data["escalation"])


@events.UPDATE_SENT.reaction
@events.WAIVED.reaction
@events.DE_ESCALATED.reaction
@events.CLOSED.reaction
def stop_climbing_for_the_update(event):
    """A ladder that is climbed for a late update ends when it went out, or is due no more."""
    ended = {events.UPDATE_SENT.name: "updated", events.WAIVED.name: "waived"}.get(event.verb, "de_escalated")
    no_update_is_late(_escalation_of(event), ended=ended, now=event.happened_at, by=event.actor)


@events.CONFIRMED.reaction
@events.STAKEHOLDER_REMOVED.reaction
@events.UPDATE_SENT.reaction
@events.BRIEF_SET.reaction
@events.DECIDED.reaction
@events.REACHED.reaction
@events.LEVELS_SET.reaction
@events.WAIVED.reaction
def stop_climbing_for_who_confirmed(event):
    """A word that was missing came; locked, so that whoever just looks for it sees it."""
    escalation = locked(_escalation_of(event))
    look_who_confirmed(escalation, now=event.happened_at, by=event.actor)


@events.DE_ESCALATED.reaction
@events.CLOSED.reaction
def leave_the_ladders(event):
    """Nobody leads it any more, and nobody has to confirm anything."""
    escalation = _escalation_of(event)
    say_who_leads(escalation)
    look_who_confirmed(escalation, now=event.happened_at, by=event.actor)


@tickets.MERGED_AWAY.reaction
def lead_the_merged(event):
    """The ticket that goes on is led, and climbed, as the one was that was merged into it."""
    led_by([event.data["ticket"]], None)
    found = open_on([event.data["into"]]).get(event.data["into"])
    if found:
        say_who_leads(found)
        look_who_confirmed(found, now=event.happened_at)
        climb_for_late_update(found, now=event.happened_at)


@tickets.REPLIED.reaction
@tickets.NOTED.reaction
def a_managers_word_confirms(event):
    """Whoever leads it and writes in its ticket has it."""
    if event.actor_id:
        found = open_on([event.data["ticket"]]).get(event.data["ticket"])
        if found and found.manager_id == event.actor_id:
            look_who_confirmed(found, now=event.happened_at, by=event.actor)
