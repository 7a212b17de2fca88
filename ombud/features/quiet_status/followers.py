"""What an escalation, or a promise on its tickets, means for those who own the fix."""

from ombud.foundation.people.models import Person
from ombud.spine.escalations import events as escalations
from ombud.spine.escalations.models import Escalation
from ombud.spine.escalations.queries import open_on
from ombud.spine.sla import events as sla

from .actions import consider, withdraw_those_of


@escalations.RAISED.follower
@escalations.STAKEHOLDER_TOLD.follower
@escalations.UPDATE_SET.follower
@escalations.WAIVED.follower
def ask_in_time(event):
    """There is another time by which the manager has to know how it stands."""
    consider(Escalation.objects.get(pk=event.data["escalation"]), now=event.happened_at)


@escalations.CLOSED.follower
@escalations.DE_ESCALATED.follower
def ask_no_more(event):
    """It is over."""
    withdraw_those_of(event.data["escalation"], "over", now=event.happened_at)


@escalations.STAKEHOLDER_REMOVED.follower
def ask_another(event):
    """Somebody has no part in it any more."""
    person = Person.objects.get(pk=event.data["person"])
    withdraw_those_of(event.data["escalation"], "parted", person=person, now=event.happened_at)


@sla.MADE.batch_follower
@sla.MOVED.batch_follower
@sla.RESUMED.batch_follower
@sla.WARNED.batch_follower
def look_again(happened):
    """A promise on one of its tickets breaks at a time that nobody knew of, or comes near."""
    for escalation, at in _escalated(happened):
        consider(escalation, now=at)


@sla.BROKEN.batch_follower
def ask_soon(happened):
    """A promise was broken: the manager needs to know."""
    for escalation, at in _escalated(happened):
        consider(escalation, soon=True, now=at)


def _escalated(happened):
    """Each open escalation with a ticket among these once, and when it last happened."""
    found = open_on({event.data["ticket"] for event in happened})
    last = {}
    for event in happened:
        if event.data["ticket"] in found:
            last[found[event.data["ticket"]].pk] = (found[event.data["ticket"]], event.happened_at)
    return last.values()
