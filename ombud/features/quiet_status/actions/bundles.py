"""What is due goes: everything for one person at one time in one bundle."""

from ombud.features.quiet_status import events, letters
from ombud.features.quiet_status.models import Bundle, State, Way, Wishes
from ombud.features.quiet_status.planner import open_of, plan, set_next
from ombud.features.quiet_status.queries import hours_of, owns
from ombud.foundation.notifications.actions import Telling, tell, tell_each
from ombud.foundation.people.queries import is_away

from .asking import withdraw

BATCH = 20  # people; each may get a letter, and on SQLite the write lock is held for a batch


def send_due(now):
    """Put one batch of people's bundles together; says how many people were looked at."""
    return Wishes.objects.select_related("person").work_through(now, _go, limit=BATCH)


def _go(wishes, now):
    due = list(open_of(wishes.person).filter(goes_at__lte=now))
    there = [request for request in due if not _is_over(request, now)]
    if is_away(wishes.person, now):
        for request in there:
            _leave_alone(request, now)
    else:
        _bundle(wishes, there, now)
    set_next(wishes)


def _is_over(request, now):
    """Looked at once more just before it leaves: nobody is asked about what is over."""
    if not request.escalation.is_open:
        withdraw(request, "over", now=now)
    elif not owns(request.person, request.escalation):
        withdraw(request, "parted", now=now)
    return not request.is_open


def _leave_alone(request, now):
    """Who is away is not asked; who leads the escalation hears of it."""
    withdraw(request, "away", now=now)
    manager = request.asked_by or request.escalation.manager
    if manager:
        key, data = f"status away:{request.pk}", {"person": request.person_id}
        tell_each([Telling(manager, request.escalation.case_id, key, data)], "status_away", now=now)


def _bundle(wishes, due, now):
    """What keeps to their time, with what cannot wait; the rest is planned anew."""
    quiet = hours_of(wishes).quiet(now)
    at_their_time, at_once, overruling = [], [], []
    for request in due:
        if request.way == Way.TIME and not quiet and not _had_one(wishes.person, request.goes_at):
            at_their_time.append(request)
            continue
        planned, promise = plan(request, wishes, now)
        if planned.at <= now:
            at_once.append(request)
            overruling += [(request, planned, promise)] if planned.against else []
    if at_their_time:
        slot = max(request.goes_at for request in at_their_time)
        _send(wishes, at_their_time + at_once, slot, Way.TIME, [], now)
    elif at_once:
        _send(wishes, at_once, now, Way.INTERRUPTION, overruling, now)


def _had_one(person, slot):
    return Bundle.objects.filter(person=person, way=Way.TIME, at=slot).exists()


def _send(wishes, requests, at, way, overruling, now):
    person = wishes.person
    bundle = Bundle.objects.create(
        person=person,
        at=at,
        way=way,
        against=sorted({one for _request, planned, _promise in overruling for one in planned.against}),
        promise=overruling[0][2] if overruling else None,
        sent_at=now,
    )
    bundle.requests.set(requests)
    for request in requests:
        request.state, request.goes_at = State.ASKED, None
        request.told_at = request.told_at or now
        request.save(update_fields=["state", "goes_at", "told_at"])
    _record(bundle, requests, overruling, now)
    tell(
        [person],
        "status_request",
        case=requests[0].escalation.case if len(requests) == 1 else None,
        key=f"status:{bundle.pk}",
        now=now,
    )
    if wishes.by_mail:
        letters.send(bundle, requests, now)


def _record(bundle, requests, overruling, now):
    person = bundle.person_id
    for request in requests:
        events.REACHED.record(
            case=request.escalation.case_id,
            now=now,
            escalation=request.escalation_id,
            person=person,
            request=request.pk,
            bundle=bundle.pk,
            way=bundle.way,
        )
    for request, planned, promise in overruling:
        events.OVERRULED.record(
            case=request.escalation.case_id,
            now=now,
            escalation=request.escalation_id,
            person=person,
            bundle=bundle.pk,
            promise=promise.pk,
            against=list(planned.against),
        )
