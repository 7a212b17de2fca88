"""Questions about promises and policies."""

from collections import defaultdict

from ombud.foundation.clock.models import Calendar
from ombud.foundation.clock.queries import working_time_of

from .models import Agreement, Kind, Policy, Promise
from .terms import Facts, choose


def policies():
    """The policies in use, in order, with what they promise now."""
    return list(Policy.objects.filter(archived_at=None, version__isnull=False).select_related("version"))


def facts_of(ticket, tags=None):
    """What a policy may ask about a ticket; `tags` are names, read from the database unless given."""
    if tags is None:
        tags = ticket.tags.values_list("name", flat=True)
    return Facts(
        tier=ticket.account.tier if ticket.account else "",
        severity=ticket.severity,
        priority=ticket.priority,
        channel=ticket.channel,
        language=ticket.language,
        tags=frozenset(tags),
    )


def policy_for(ticket, among=None):
    """The policy that holds for a ticket as it is now, or None."""
    among = policies() if among is None else among
    asks_tags = any(policy.conditions.get("tags") for policy in among)
    return choose(among, facts_of(ticket, None if asks_tags else ()))


class Clocks:
    """Working time by a calendar's id, each calendar fetched once; for one piece of work, not to be kept."""

    def __init__(self):
        self._known = {None: None}

    def __call__(self, pk):
        if pk not in self._known:
            self._known[pk] = working_time_of(Calendar.objects.light().get(pk=pk))
        return self._known[pk]

    def of(self, promises):
        """Itself, after fetching the calendars of all these promises at once."""
        wanted = {promise.calendar_id for promise in promises} - set(self._known)
        if wanted:
            rows = Calendar.objects.light().in_bulk(wanted)
            self._known |= {pk: working_time_of(row) for pk, row in rows.items()}
        return self


def promises_of(ticket_id):
    """All promises of a ticket, the oldest first."""
    return Promise.objects.filter(ticket_id=ticket_id).order_by("id")


def agreement_of(ticket_id):
    """What holds for a ticket, with its policy; None when nothing was ever promised."""
    return Agreement.objects.filter(pk=ticket_id).select_related("version__policy").first()


def owed_on(ticket_ids):
    """{ticket id: [promise]} of what is still owed, the first due first, paused ones last."""
    found = defaultdict(list)
    for promise in Promise.objects.owed().filter(ticket_id__in=list(ticket_ids)):
        found[promise.ticket_id].append(promise)
    for promises in found.values():
        promises.sort(key=urgency)
    return found


_BY_KIND = {kind: place for place, kind in enumerate(Kind.values)}  # looked up for each promise of a list


def urgency(promise):
    """In which order promises are looked at: by due time, paused ones last, by kind when they are equal."""
    due = promise.due_at
    return (due is None, due.timestamp() if due else 0, _BY_KIND[promise.kind])
