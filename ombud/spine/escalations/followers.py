"""What the ladders hear of escalations: a late update, who leads, whose word is missing (P1, M25)."""

from datetime import timedelta

from ombud.foundation.people import events as people
from ombud.lib.asked_words import find
from ombud.spine.ladders import events as ladders
from ombud.spine.ladders.models import Climb
from ombud.spine.ladders.rungs import read
from ombud.spine.tickets import events as tickets
from ombud.spine.tickets.models import Message, Ticket

from . import events
from .actions import ask, confirm, raise_one
from .actions.climbs import climb_for_late_update, look_who_confirmed, say_who_leads
from .changing import locked
from .models import Asking, Escalation, How, Reason
from .queries import open_on
from .standing_in import led_by, look_the_day_before

REASONS = {  # why a ladder was climbed: why it is escalated by it
    "broken": Reason.NO_CALL,
    "near": Reason.TOO_SLOW,
    "untouched": Reason.TOO_SLOW,
    "asked": Reason.UNHEARD,
    "by_hand": Reason.EXPERTISE,
}

NEWS = timedelta(days=2)  # what was said longer ago, and is only brought along, asks for nothing any more


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


@events.ASSIGNED.batch_follower
@events.UPDATE_SET.batch_follower
@events.UPDATE_TAKEN_BACK.batch_follower
def look_who_writes_it(happened):
    """The day before an update is due it is looked whether its manager is there."""
    found = Escalation.objects.open().in_bulk({event.data["escalation"] for event in happened})
    look_the_day_before(found.values(), happened[-1].happened_at)


@people.ABSENCE_PLANNED.follower
@people.ABSENCE_ENDED.follower
def look_again_who_writes_it(event):
    """Somebody will be away, or will be there after all."""
    look_the_day_before(led_by(event.data["person"]), event.happened_at)


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


@tickets.OPENED.batch_follower
@tickets.RECEIVED.batch_follower
def hear_them_ask(happened):
    """“I need this escalated”, in words, in any channel (M19): who has the ticket sees it, and the words."""
    new = {event.data["message"]: event for event in happened}
    said = Message.objects.filter(pk__in=new, kind=Message.Kind.RECEIVED, auto=False)
    for message in said.select_related("ticket__customer", "ticket__account", "ticket__case", "by_customer"):
        event = new[message.pk]
        if message.happened_at < event.happened_at - NEWS:
            continue
        first = event.verb == tickets.OPENED.name
        asked = find(f"{message.subject}\n\n{message.text}" if first else message.text)
        if asked:
            ask(
                message.ticket,
                customer=message.by_customer or message.ticket.customer,
                how=Asking.How.WORDS,
                quote=asked.quote,
                now=event.happened_at,
            )
