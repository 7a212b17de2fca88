"""Questions about status requests. Who has a part in an escalation sees what is said of it."""

from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max, Q

from ombud.foundation.people.models import Absence, Company
from ombud.spine.escalations.models import Escalation, Involved, Stakeholder, Update
from ombud.spine.sla.models import Kind as Promised
from ombud.spine.sla.models import Promise
from ombud.spine.sla.queries import urgency

from .hours import Hours
from .models import OPEN, Answer, Bundle, Request, Way, Wishes
from .planning import Facts

JUST = timedelta(hours=1)  # a promise that broke within it still makes somebody ask at once
HANGS_ON_A_FIX = (Promised.RESOLUTION, Promised.WORD)
SHOWN = timedelta(days=7)  # for how long interruptions are shown


def wishes_of(person):
    """A person's wishes; the usual ones, not saved, while they have said nothing."""
    return Wishes.objects.filter(person=person).first() or Wishes(person=person)


def zone_of(person):
    """The clock on which a person's wishes are counted."""
    company = Company.ours()
    name = person.time_zone or (company.time_zone if company else settings.TIME_ZONE)
    return ZoneInfo(name)


def hours_of(wishes):
    """Somebody's wishes as moments."""
    return Hours(wishes, zone_of(wishes.person))


def interruptions_on(person, start, end):
    """How often somebody was interrupted from one time to another."""
    return Bundle.objects.filter(person=person, way=Way.INTERRUPTION, at__gte=start, at__lt=end).count()


def technical(escalation):
    """The technical owners of an escalation who still work here."""
    stakes = Stakeholder.objects.filter(
        escalation=escalation, role=Stakeholder.Role.TECHNICAL, person__is_active=True
    )
    # In one order for everybody, so that two who lock these people's rows never wait for each other.
    return [stake.person for stake in stakes.select_related("person").order_by("person_id")]


def owns(person, escalation):
    """Whether a person owns the fix of an escalation."""
    stakes = Stakeholder.objects.filter(person=person, role=Stakeholder.Role.TECHNICAL)
    return person.is_active and stakes.filter(escalation=escalation).exists()


def owned_by(person):
    """The open escalations whose fix is a person's, what is due first."""
    mine = Stakeholder.objects.filter(person=person, role=Stakeholder.Role.TECHNICAL)
    found = Escalation.objects.open().filter(pk__in=mine.values("escalation"))
    return list(
        found.select_related("account", "customer", "manager", "case").order_by("next_update_at", "id")
    )


def open_request(escalation, person):
    """What this person is asked about it now, or None."""
    return Request.objects.filter(escalation=escalation, person=person, state__in=OPEN).first()


def open_requests_of(person):
    """{escalation id: what this person is, or will be, asked about it}: one question."""
    rows = Request.objects.filter(person=person, state__in=OPEN).select_related("asked_by")
    return {request.escalation_id: request for request in rows}


def request_called(pk):
    """One request with all that is said about it; Request.DoesNotExist when it is gone."""
    about = ("person", "escalation__account", "escalation__customer", "escalation__manager", "asked_by")
    return Request.objects.select_related(*about).get(pk=pk)


def absence_of(person, now):
    """Until when, and who stands in; None for who is there."""
    rows = Absence.objects.filter(person=person, starts_at__lte=now, ends_at__gt=now)
    return rows.select_related("deputy").first()


def promises_on(escalations):
    """{escalation id: [promise]} of what is owed on their tickets, the first due first, paused ones last."""
    rows = Involved.objects.filter(escalation__in=escalations, left_at=None)
    of_ticket = dict(rows.values_list("ticket_id", "escalation_id"))
    found = {one.pk: [] for one in escalations}
    for promise in sorted(Promise.objects.owed().filter(ticket__in=of_ticket), key=urgency):
        found[of_ticket[promise.ticket_id]].append(promise)
    return found


def first_to_break(promises, now):
    """The first that hangs on the fix and breaks, or just broke; or None. A reply needs no fix."""
    running = (one for one in promises if one.kind in HANGS_ON_A_FIX and one.due_at and not one.answered_at)
    return next((one for one in running if one.due_at > now - JUST), None)


def facts_of(request, hours, now):
    """What decides when this one goes, and the promise in question."""
    escalation = request.escalation
    promise = first_to_break(promises_on([escalation])[escalation.pk], now)
    facts = Facts(
        due=escalation.next_update_at,
        breaks_at=promise and promise.due_at,
        soon=request.asked_by_id is not None,
        again=request.told_at is not None,
        spent=interruptions_on(request.person, *hours.day_of(now)),
    )
    return facts, promise


def last_answer(escalation, person):
    """What they said last, or None."""
    return Answer.objects.filter(escalation=escalation, person=person).first()


def last_answers_of(person, escalations):
    """{escalation id: what this person said last of it}: one question."""
    rows = Answer.objects.filter(person=person, escalation__in=escalations).order_by("answered_at", "id")
    return {answer.escalation_id: answer for answer in rows}


def last_update_at(escalation):
    """When the customer last heard from us of it; when it was raised, before the first update."""
    last = Update.objects.filter(escalation=escalation).aggregate(last=Max("sent_at"))["last"]
    return last or escalation.raised_at


@dataclass
class Standing:
    """How it stands with one technical owner of an escalation, as its manager sees it."""

    person: object
    answer: object = None
    request: object = None
    absence: object = None
    overruled: list = field(default_factory=list)


def standing(escalation, now):
    """One for each technical owner, and for who answered and has no part in it any more."""
    found = {person.pk: Standing(person) for person in technical(escalation)}
    for answer in Answer.objects.filter(escalation=escalation).select_related("person", "by"):
        one = found.setdefault(answer.person_id, Standing(answer.person))
        one.answer = one.answer or answer
    for request in Request.objects.filter(escalation=escalation, state__in=OPEN).select_related("asked_by"):
        if request.person_id in found:
            found[request.person_id].request = request
    away = Absence.objects.filter(person__in=found, starts_at__lte=now, ends_at__gt=now)
    for absence in away.select_related("deputy"):
        found[absence.person_id].absence = absence
    for bundle in overruled(now).filter(requests__escalation=escalation).distinct():
        if bundle.person_id in found:
            found[bundle.person_id].overruled.append(bundle)
    return list(found.values())


def overruled(now):
    """Interruptions of the last days that went against somebody's wishes, the newest first."""
    rows = Bundle.objects.filter(sent_at__gte=now - SHOWN).exclude(against=[])
    return rows.select_related("promise__ticket").order_by("-id")


def interruptions_of(person, now):
    """Somebody's interruptions of the last days, the newest first."""
    mine = Q(person=person, way=Way.INTERRUPTION, sent_at__gte=now - SHOWN)
    rows = Bundle.objects.filter(mine).select_related("promise__ticket")
    return list(rows.prefetch_related("requests__escalation__account", "requests__escalation__customer"))


def still_open_in(bundle, person):
    """Of what came with a bundle, the requests that still wait for an answer."""
    rows = bundle.requests.filter(person=person, state__in=OPEN, escalation__closed_at=None)
    return list(rows.select_related("escalation__account", "escalation__customer").order_by("id"))
