"""Telling people of ours about promises that are nearly due, or broken. Customers are never told.

What is told once is not told again to the same person: each telling has a key of its promise, the percent,
the due time. So it does not matter how often these functions see the same event.
"""

from collections import Counter, defaultdict
from datetime import UTC, timedelta

from ombud.foundation.events.models import Event
from ombud.foundation.notice_mail.actions import call_off
from ombud.foundation.notifications.actions import Telling, tell_each
from ombud.foundation.notifications.models import Notice
from ombud.foundation.notifications.queries import unread_since

from . import events, notices
from .actions.keeping import terms_of
from .digesting import gather
from .models import Promise
from .still import stands
from .terms import BREAK, read
from .usual import WARNINGS
from .whom import Desk

LOUD, QUIET, LISTED = "mail", "product", "digest"
FLOOD = 10  # mails to one person within a minute; more of them are read better as one list
FLOOD_LASTS = timedelta(minutes=1)


def warn(happened):
    """Tell whom the policy names of promises broken or nearly due, unless all is well by now."""
    promises = _promises({event.data["promise"] for event in happened})
    still = [event for event in happened if _still(event, promises.get(event.data["promise"]))]
    if not still:
        return
    desk = Desk(still[-1].happened_at, [promises[event.data["promise"]].ticket for event in still])
    told, listed = defaultdict(list), []
    for event, telling, ways in _tellings(still, promises, desk):
        if LISTED in ways:
            listed.append((telling, event))
        if ways - {LISTED}:
            told[(event.verb, event.happened_at, LOUD in ways)].append(telling)
    for (verb, at, by_mail), tellings in told.items():
        kind = notices.BROKEN if verb == events.BROKEN.name else notices.NEAR
        tell_each(tellings, kind, now=at, mail=by_mail)
    gather(listed)


def _tellings(happened, promises, desk):
    """What each person is told, and in which ways: nobody the same in two mails, nor in a flood of them."""
    found = []
    for event in happened:
        promise = promises[event.data["promise"]]
        for person, ways in _ways(promise, _percent(event), desk).items():
            if {LOUD, LISTED} <= ways:
                ways = ways - {LISTED} if person.pk == promise.ticket.assignee_id else ways - {LOUD} | {QUIET}
            found.append((event, _telling(event, promise, person), ways))
    loud = Counter(telling.person.pk for _event, telling, ways in found if LOUD in ways)
    loud.update(unread_since(list(loud), notices.BROKEN, happened[-1].happened_at - FLOOD_LASTS))
    for event, telling, ways in found:
        flooded = LOUD in ways and loud[telling.person.pk] > FLOOD
        yield event, telling, ways - {LOUD} | {QUIET, LISTED} if flooded else ways


def warn_again(tickets):
    """An answer did not reach the customer: what nobody was told while it was on its way is told now."""
    past = Event.objects.filter(case__in=tickets, verb__in=[events.WARNED.name, events.BROKEN.name])
    warn(list(past.order_by("id")))


def hush(happened):
    """These promises are not owed any more: what waits to be told about them is not told."""
    settled = {event.data["promise"] for event in happened}
    kinds = [notices.NEAR, notices.BROKEN]
    tickets = {event.data["ticket"] for event in happened}
    unread = Notice.objects.filter(case__in=tickets, kind__in=kinds, read_at=None)
    moot = [notice for notice in unread if notice.data["promise"] in settled]
    if moot:
        call_off(moot, now=happened[-1].happened_at)


def _promises(pks):
    related = ("ticket", "version", "ticket__agreement__version")
    return Promise.objects.select_related(*related).in_bulk(list(pks))


def _still(event, promise):
    if promise is None or not stands(promise, event.data["due"]):
        return False
    return event.verb == events.BROKEN.name or promise.broken_at is None


def _percent(event):
    return event.data.get("percent", BREAK)


def _ways(promise, percent, desk):
    """{person: ways} of all who are to be told at this percent of its time."""
    found = defaultdict(set)
    for to, ways in _asked(_warnings(promise), percent).items():
        people = desk.holder(promise.ticket, promise) if to == "holder" else desk.leads(promise.ticket)
        for person in people:
            found[person] |= ways
    return found


def _asked(warnings, percent):
    """{whom: ways} at this percent, or of the last one before it, if the clock stood still then."""
    found = {}
    for to in {warning.to for warning in warnings}:
        past = [warning for warning in warnings if warning.to == to and _reaches(warning, percent)]
        last = max((warning.percent for warning in past), default=None)
        if last is not None:
            found[to] = {warning.by for warning in past if warning.percent == last}
    return found


def _reaches(warning, percent):
    """Of a break, only what is asked for breaks: earlier warnings have become pointless."""
    return warning.percent == BREAK if percent == BREAK else warning.percent <= percent


def _warnings(promise):
    """As its policy says; of what was promised in words, as the policy of its ticket says."""
    agreement = getattr(promise.ticket, "agreement", None)
    version = promise.version or (agreement and agreement.version)
    return terms_of(version).warnings if version else read({"warnings": WARNINGS}).warnings


def _telling(event, promise, person):
    due, percent = promise.due_at.astimezone(UTC).isoformat(), _percent(event)
    data = {"promise": promise.pk, "kind": promise.kind, "due": due, "percent": percent}
    return Telling(person, promise.ticket_id, f"promise:{promise.pk}:{percent}:{due}", data)
