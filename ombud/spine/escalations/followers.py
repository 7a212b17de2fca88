"""What the ladders hear of escalations: a late update, who leads, whose word is missing (P1, M25)."""

from ombud.spine.ladders import events as ladders
from ombud.spine.ladders.models import Climb

from . import events
from .actions import confirm
from .actions.climbs import climb_for_late_update, look_who_confirmed, say_who_leads
from .changing import locked
from .models import Escalation
from .queries import open_on


@events.UPDATE_LATE.follower
@events.UPDATE_TAKEN_BACK.follower
def climb_when_late(event):
    """Locked, so that an update which is just going out either stops it here or ends it."""
    escalation = locked(Escalation.objects.get(pk=event.data["escalation"]))
    if escalation.is_open and escalation.late_at:
        climb_for_late_update(escalation, now=event.happened_at)


@events.ASSIGNED.batch_follower
@events.STAKEHOLDER_TOLD.batch_follower
@events.JOINED.batch_follower
@events.PARTED.batch_follower
def keep_ladders_informed(happened):
    """Who leads it, and who is yet to confirm their part: rungs name the one, ladders begin at the other."""
    last = {event.data["escalation"]: event for event in happened}
    for pk, event in sorted(last.items()):
        escalation = locked(Escalation.objects.get(pk=pk))
        say_who_leads(escalation)
        look_who_confirmed(escalation, now=event.happened_at, by=event.actor)


@ladders.ACKNOWLEDGED.follower
def who_has_it_confirms_their_part(event):
    """“I have it” on the ladder of an escalation is the word that was missing from that person."""
    climb = Climb.objects.filter(pk=event.data["climb"]).first()
    found = open_on([event.data["ticket"]]).get(event.data["ticket"])
    if climb and found and "unconfirmed" in (climb.why, *climb.also):
        confirm(found, by=event.actor, now=event.happened_at)
