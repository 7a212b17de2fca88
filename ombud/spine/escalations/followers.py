"""What the ladders hear of escalations: a late update, who leads, whose word is missing (P1, M25)."""

from ombud.spine.ladders import events as ladders
from ombud.spine.ladders.models import Climb
from ombud.spine.ladders.rungs import read
from ombud.spine.tickets.models import Ticket

from . import events
from .actions import confirm, raise_one
from .actions.climbs import climb_for_late_update, look_who_confirmed, say_who_leads
from .changing import locked
from .models import Escalation, How, Reason
from .queries import open_on

REASONS = {  # why a ladder was climbed: why it is escalated by it
    "broken": Reason.NO_CALL,
    "near": Reason.TOO_SLOW,
    "untouched": Reason.TOO_SLOW,
    "asked": Reason.UNHEARD,
    "by_hand": Reason.EXPERTISE,
}


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


@ladders.REACHED.follower
def escalate_when_a_rung_says_so(event):
    """A rung may raise an escalation (M18); never a second one for a ticket that belongs to one."""
    climb = Climb.objects.get(pk=event.data["climb"])
    rung = read(climb.plan).rungs[event.data["rung"] - 1]
    if "escalate" not in rung.does or climb.ended_at:
        return
    ticket = Ticket.objects.select_related("account", "customer", "case").get(pk=climb.ticket_id)
    if not ticket.is_done and not open_on([ticket.pk]):
        reason = REASONS.get(climb.why, Reason.IMPACT)
        raise_one(ticket, reason=reason, how=How.LADDER, by=None, now=event.happened_at)


@ladders.ACKNOWLEDGED.follower
def who_has_it_confirms_their_part(event):
    """“I have it” on the ladder of an escalation is the word that was missing from that person."""
    climb = Climb.objects.filter(pk=event.data["climb"]).first()
    found = open_on([event.data["ticket"]]).get(event.data["ticket"])
    if climb and found and "unconfirmed" in (climb.why, *climb.also):
        confirm(found, by=event.actor, now=event.happened_at)
