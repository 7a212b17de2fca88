"""What really happened on some tickets, read in a handful of statements."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from ombud.foundation.events.models import Event
from ombud.spine.escalations import events as escalations
from ombud.spine.escalations.models import Involved
from ombud.spine.ladders import events as climbs
from ombud.spine.ladders.models import Climb, Telling
from ombud.spine.sla import events as sla
from ombud.spine.sla.happenings import is_old
from ombud.spine.sla.models import Promise
from ombud.spine.tickets import events as tickets
from ombud.spine.tickets.models import Message, Tagging, Ticket

from .answers import Answers
from .then import Then

BEGINNINGS = {  # what is not here is not replayed: unconfirmed, asked
    "broken": (sla.BROKEN.name,),
    "near": (sla.WARNED.name,),
    "by_hand": (climbs.STARTED.name,),
    "fits": tuple(
        verb.name for verb in (tickets.OPENED, tickets.SEVERITY_SET, tickets.PRIORITY_SET, tickets.TAGGED)
    ),
    "untouched": (tickets.OPENED.name,),
}
OF_UPDATES = tuple(  # in the log of an escalation; heard by the main one of its tickets
    verb.name
    for verb in (
        escalations.UPDATE_LATE,
        escalations.UPDATE_SENT,
        escalations.UPDATE_TAKEN_BACK,
        escalations.WAIVED,
        escalations.DE_ESCALATED,
        escalations.CLOSED,
    )
)
COLUMNS = ("id", "happened_at", "verb", "actor_id", "token_id", "case_id", "data")


class Happened(NamedTuple):
    """One row of the log."""

    id: int
    at: datetime
    verb: str
    actor: int | None
    token: int | None
    ticket: int
    data: dict

    @property
    def is_deed(self):
        """Whether one of ours did something on the ticket; climbing itself is none (`Live.moved_on`)."""
        beside = self.verb.startswith("climb.") or self.verb in OF_UPDATES
        return self.actor is not None and not beside


@dataclass
class History:
    """All that is known of one ticket from the beginning of a replay on."""

    ticket: int
    then: Then
    events: list
    answers: Answers
    deeds: list  # (event id, time)
    finals: list  # times at which it was done
    broken: dict = field(
        default_factory=dict
    )  # {promise id: due} of what is broken and owed at the beginning
    dues: dict = field(default_factory=dict)  # {promise id: due} of whatever was ever broken
    memories: set = field(default_factory=set)  # ids of events by which old mail came in
    busy_until: datetime | None = None  # a climb that began before the replay keeps others out until then
    busy: bool = False


def tickets_with_beginnings(plans, since, until):
    """Ids of the tickets on which something happened at which one of these plans may begin, in order."""
    ons = {start["on"] for plan in plans for start in plan.get("starts", ())}
    verbs = {verb for on in ons for verb in BEGINNINGS.get(on, ())}
    wanted = Q(verb__in=verbs, happened_at__gte=since)
    if "late_update" in ons:
        wanted |= Q(verb=escalations.JOINED.name)
    begun = Event.objects.filter(wanted, happened_at__lt=until)
    return begun.exclude(case=None).order_by("case_id").values_list("case_id", flat=True).distinct()


def histories(ids, ladder_id, since, until, tags):
    """The histories of these tickets; `tags` are {id: name} of all tags."""
    rows = Ticket.objects.select_related("account", "led").in_bulk(ids)
    logged, climbed, told, tagged, broken = _read(ids, since)
    old = _memories([event for events in logged.values() for event in events])
    found = []
    for pk, ticket in rows.items():
        events = logged[pk]
        then = Then.of(ticket, tagged[pk], tags).rewound(events)
        its_own = [c for c in climbed[pk] if c.ladder_id == ladder_id and since <= c.started_at < until]
        before = [c for c in climbed[pk] if c.ladder_id == ladder_id and c.started_at < since]
        open_ = [c for c in before if c.ended_at is None or c.ended_at > since]
        found.append(
            History(
                ticket=pk,
                then=then,
                events=[event for event in events if event.at < until],
                answers=Answers(its_own, climbed[pk], told, events),
                deeds=[(event.id, event.at) for event in events if event.is_deed],
                finals=[event.at for event in events if _is_final(event)],
                broken={p.pk: p.due_at for p in broken[pk] if _owed_at(p, since)},
                dues={p.pk: p.due_at for p in broken[pk]},
                memories=old,
                busy=bool(open_),
                busy_until=max((c.ended_at for c in open_ if c.ended_at), default=None),
            )
        )
    return found


def _read(ids, since):
    logged, climbed, told = defaultdict(list), defaultdict(list), defaultdict(list)
    tagged, broken = defaultdict(set), defaultdict(list)
    events = Event.objects.filter(case_id__in=ids, happened_at__gte=since)
    for row in events.order_by("id").values_list(*COLUMNS).iterator(5000):
        logged[row[5]].append(Happened(*row))
    _read_updates(ids, since, logged)
    for climb in Climb.objects.filter(ticket__in=ids).defer("plan").order_by("id"):
        climbed[climb.ticket_id].append(climb)
    rows = Telling.objects.filter(climb__ticket__in=ids).order_by("told_at", "id")
    for climb, person, at in rows.values_list("climb_id", "person_id", "told_at"):
        told[climb].append((person, at))
    for ticket, tag in Tagging.objects.filter(ticket__in=ids).values_list("ticket_id", "tag_id"):
        tagged[ticket].add(tag)
    for promise in Promise.objects.filter(ticket__in=ids, broken_at__isnull=False):
        broken[promise.ticket_id].append(promise)
    return logged, climbed, told, tagged, broken


def _read_updates(ids, since, logged):
    """What happened to the updates of escalations, beside what happened to their main tickets."""
    main = Involved.objects.filter(ticket__in=ids, is_main=True)
    main = dict(main.values_list("escalation__case_id", "ticket_id"))
    if not main:
        return
    events = Event.objects.filter(case_id__in=main, verb__in=OF_UPDATES, happened_at__gte=since)
    for row in events.order_by("id").values_list(*COLUMNS):
        logged[main[row[5]]].append(Happened(*row)._replace(ticket=main[row[5]]))
    for ticket in set(main.values()):
        logged[ticket].sort(key=lambda event: event.id)


def _memories(events):
    """Ids of the events by which tickets came that were said long before: archives of old mail."""
    opened = {event.data["message"]: event for event in events if event.verb == tickets.OPENED.name}
    said = Message.objects.filter(pk__in=opened).values_list("pk", "happened_at")
    return {opened[pk].id for pk, at in said if is_old(at, opened[pk].at)}


def _owed_at(promise, since):
    return promise.broken_at < since and (promise.ended_at is None or promise.ended_at >= since)


def _is_final(event):
    if event.verb == tickets.STATUS_SET.name:
        return event.data["new"] in ("resolved", "closed")
    return event.verb in (sla.KEPT.name, sla.MADE_GOOD.name, tickets.MERGED_AWAY.name)
