"""A climb ends in the same moment as its reason."""

from django.utils import translation

from ombud.foundation.people import events as people
from ombud.foundation.people.models import Company
from ombud.spine.sla import events as sla
from ombud.spine.sla.models import Promise
from ombud.spine.tickets import events as tickets

from .actions import begin_with_usual, end, leave, settle
from .models import Climb
from .rungs import OF_PROMISES

DONE = ("resolved", "closed")
TOUCHES = (
    tickets.REPLIED,
    tickets.NOTED,
    tickets.FORWARDED,
    tickets.ASSIGNED,
    tickets.TEAM_SET,
    tickets.STATUS_SET,
    tickets.SEVERITY_SET,
    tickets.URGENCY_SET,
    tickets.PRIORITY_SET,
    tickets.TAGGED,
    tickets.UNTAGGED,
    tickets.RENAMED,
    tickets.SNOOZED,
    tickets.SPLIT_OFF,
    tickets.CUSTOMER_SET,
)


def _end_all(climbs, event, why):
    for climb in climbs.select_related("ticket"):
        end(climb, why, now=event.happened_at, by=event.actor)


@sla.KEPT.reaction
@sla.MADE_GOOD.reaction
@sla.CANCELLED.reaction
def end_with_its_promise(event):
    """What was promised was done, or does not hold any more."""
    climbs = Climb.objects.open().filter(ticket=event.data["ticket"], promise=event.data["promise"])
    owed = Promise.objects.owed().filter(ticket=event.data["ticket"], broken_at__isnull=False)
    other = owed.exclude(pk=event.data["promise"]).order_by("due_at").first()
    if other is None:
        for climb in climbs:
            leave(
                climb, OF_PROMISES, ended=event.verb.partition(".")[2], now=event.happened_at, by=event.actor
            )
    else:
        climbs.update(promise=other)  # another promise to the same customer is broken still


@people.DESK_OPENED.reaction
def begin(event):
    """A new desk has ladders from its first minute, to be changed, in its company's language."""
    with translation.override(Company.ours().language):
        begin_with_usual(by=event.actor, now=event.happened_at)


@tickets.STATUS_SET.reaction
def end_when_done(event):
    """A resolved ticket needs nobody."""
    if event.data["new"] in DONE:
        _end_all(Climb.objects.open().filter(ticket=event.data["ticket"]), event, "resolved")


@tickets.MERGED_AWAY.reaction
def end_when_merged(event):
    """It goes on in another ticket."""
    _end_all(Climb.objects.open().filter(ticket=event.data["ticket"]), event, "merged")


def end_when_touched(event):
    """One of ours has done something about it: it is untouched no more (M12)."""
    if event.actor_id is None:
        return
    climbs = Climb.objects.open().filter(ticket=event.data["ticket"]).only("why", "also")
    if any("untouched" in (climb.why, *climb.also) for climb in climbs):
        settle([event.data["ticket"]], "untouched", ended="touched", now=event.happened_at, by=event.actor)


for verb in TOUCHES:
    verb.reaction(end_when_touched)
