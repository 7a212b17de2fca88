"""The views of the inbox and their lists: what was promised first stands first; nobody is left out.

A list is read in parts (what is promised, by its due time; then, without a running clock, those who wait
for us, what is open, what waits for the customer …), each in the order of an index, so that a page costs the
same with a hundred tickets and with a hundred thousand.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from ombud.lib.prepared import Prepared, Slot
from ombud.spine.sla.standing import NEAR
from ombud.spine.tickets.models import SavedView, Status
from ombud.spine.tickets.models.levels import OURS_TO_MOVE

from . import filters as filtering

PAGE = 50
MOST = 10_000  # beyond that a count says "10,000+"
MANY = 1_000  # counting more takes some milliseconds
REMEMBERED = 20  # seconds


class Row(NamedTuple):
    """A ticket as a list shows it. As models, with their people, fifty of them take three times as long."""

    pk: int
    number: int
    subject: str
    preview: str
    status: str
    priority: str
    channel: str
    last_message_at: datetime
    waiting_since: datetime | None
    touched_at: datetime | None
    wakes_at: datetime | None
    promise_due_at: datetime | None
    assignee_id: int | None
    holder: str | None
    account: str | None
    customer: str


COLUMNS = [*Row._fields[:-3], "assignee__name", "account__name"]
CUSTOMER = ["customer__name", "customer__email", "customer__phone"]  # the first of them that is known


@dataclass(frozen=True)
class Part:
    """A stretch of a list with an order of its own."""

    keeps: Q
    column: str
    descending: bool = True

    def order(self):
        return (f"-{self.column}", "-number") if self.descending else (self.column, "number")

    def after(self, value, number):
        """What comes behind a ticket in this order."""
        way = "lt" if self.descending else "gt"
        return Q(**{f"{self.column}__{way}e": value}) & (
            Q(**{f"{self.column}__{way}": value}) | Q(**{f"number__{way}": number})
        )


AWAKE = Q(wakes_at=None)
CLOCKLESS = AWAKE & Q(promise_due_at=None)
PARTS = {
    "promised": Part(
        AWAKE & Q(resolved_at=None, promise_due_at__isnull=False), "promise_due_at", descending=False
    ),
    "waits": Part(CLOCKLESS & Q(waiting_since__isnull=False), "waiting_since", descending=False),
    "open": Part(
        CLOCKLESS & Q(resolved_at=None, waiting_since=None, status__in=OURS_TO_MOVE), "last_message_at"
    ),
    "waiting": Part(CLOCKLESS & Q(resolved_at=None, status=Status.WAITING), "last_message_at"),
    "on_hold": Part(CLOCKLESS & Q(resolved_at=None, status=Status.ON_HOLD), "last_message_at"),
    "oldest": Part(AWAKE & Q(waiting_since__isnull=False), "waiting_since", descending=False),
    "asleep": Part(Q(wakes_at__isnull=False), "wakes_at", descending=False),
    "resolved": Part(Q(status=Status.RESOLVED), "last_message_at"),
    "closed": Part(Q(status=Status.CLOSED), "last_message_at"),
}
UNDONE = ("promised", "waits", "open", "waiting", "on_hold")


@dataclass(frozen=True)
class View:
    """A way to look at the inbox."""

    key: str
    label: str
    icon: str
    filters: dict = field(default_factory=dict)
    parts: tuple = UNDONE
    untouched: bool = False
    saved: SavedView | None = None


VIEWS = {
    view.key: view
    for view in (
        View("mine", gettext_lazy("Mine"), "user-round", {"assignee": "me"}),
        View("nobody", gettext_lazy("Nobody’s"), "circle-dashed", {"assignee": "none"}),
        View("team", gettext_lazy("My team’s"), "users-round", {"team": "mine"}),
        View("all", gettext_lazy("All"), "inbox"),
        View("waiting", gettext_lazy("Waiting for customer"), "pause", {"status": Status.WAITING.value}),
        View("oldest", gettext_lazy("Oldest untouched"), "hourglass", parts=("oldest",), untouched=True),
        View("snoozed", gettext_lazy("Snoozed"), "alarm-clock", parts=("asleep",)),
        View("done", gettext_lazy("Done"), "circle-check", parts=("resolved", "closed")),
    )
}
TABS = ("mine", "nobody", "team", "all")


def view_called(key, person):
    """The view with this key (a saved one is `saved-7`); KeyError when there is none for this person."""
    if key in VIEWS:
        return VIEWS[key]
    number = key.removeprefix("saved-")
    if not (key.startswith("saved-") and number.isascii() and number.isdigit()):
        raise KeyError(key)
    saved = next((one for one in saved_views(person) if one.pk == int(number)), None)
    if saved is None:
        raise KeyError(key)
    return of_saved(saved)


def of_saved(saved):
    """A saved view as the inbox knows it."""
    kept = {key: value for key, value in saved.filters.items() if key in filtering.KEYS}
    return View(f"saved-{saved.pk}", saved.name, "funnel", kept, parts_for(kept), saved=saved)


def saved_views(person):
    """A person's own views and those shared with everyone."""
    return list(_SAVED(person=person.pk))


_SAVED = Prepared(lambda: SavedView.objects.filter(Q(owner=None) | Q(owner=Slot("person"))))


def parts_for(filters, parts=UNDONE):
    """A filter by status chooses the stretches of the list; a search by words looks at the done ones too."""
    status = filters.get("status")
    if status in (Status.NEW, Status.OPEN):
        return ("promised", "waits", "open")
    if status in UNDONE:
        return ("promised", status)
    if status in PARTS:
        return (status,)
    return (*parts, "resolved", "closed") if "words" in filters and parts == UNDONE else parts


def tickets_of(tickets, view, filters, person):
    """What a view and a further filter keep of the tickets a person may see."""
    kept = filtering.keep(tickets, {**view.filters, **filters}, person)
    return kept.filter(touched_at=None) if view.untouched else kept


def page(tickets, parts, cursor="", size=PAGE):
    """One page of a list: pairs of a part's name and a Row, and the cursor of the next page or None."""
    rows, after = [], _read(cursor, parts)
    for name in parts[parts.index(after[0]) :] if after else parts:
        part = PARTS[name]
        some = tickets.filter(part.keeps)
        if after and after[0] == name:
            some = some.filter(part.after(*after[1:]))
        some = some.order_by(*part.order()).values_list(*COLUMNS, *CUSTOMER)
        rows += [(name, _row(values)) for values in some[: size + 1 - len(rows)]]
        if len(rows) > size:
            return rows[:size], _write(*rows[size - 1])
    return rows, None


def _row(values):
    *known, name, email, phone = values
    return Row(*known, name or email or phone)


def _write(name, ticket):
    return f"{name}~{getattr(ticket, PARTS[name].column).isoformat()}~{ticket.number}"


def _read(cursor, parts):
    name, _tilde, rest = cursor.partition("~")
    value, _tilde, number = rest.partition("~")
    try:
        return (name, datetime.fromisoformat(value), int(number)) if name in parts else None
    except ValueError:
        return None


def counted(person, lists):
    """How many tickets each list has, by its name: {name: tickets} to {name: number}.

    A large count is remembered for a moment, since nobody sees it change by one.
    """
    keys = {name: f"workspace.count.{person.pk}.{name}" for name in lists}
    known = cache.get_many(keys.values())
    counts = {name: known[key] for name, key in keys.items() if key in known}
    asked = [name for name in lists if name not in counts]
    counts |= zip(asked, _count([lists[name] for name in asked]), strict=True)
    cache.set_many({keys[name]: counts[name] for name in asked if counts[name] > MANY}, REMEMBERED)
    return counts


def burning(undone, now):
    """The lists whose counts make the bar over a list: broken, near or broken, with a clock at all."""
    return {
        "broken": undone.filter(promise_due_at__lte=now),
        "near": undone.filter(promise_due_at__lte=now + NEAR),
        "promised": undone.filter(promise_due_at__isnull=False),
    }


def bar(counts, total):
    """{state: how many} for the bar: each in its colour, what has no running clock last."""
    near, promised = max(counts["near"], counts["broken"]), max(counts["promised"], counts["near"])
    return {
        "broken": counts["broken"],
        "near": near - counts["broken"],
        "running": promised if promised > MOST else promised - near,
        "paused": max(total - promised, 0),
    }


def all_of(tickets, parts):
    """Those tickets that stand in any of these parts of a list."""
    if parts == UNDONE:
        return tickets.filter(AWAKE, resolved_at=None)
    kept = Q()
    for name in parts:
        kept |= PARTS[name].keeps
    return tickets.filter(kept)


def _count(lists):
    """In one statement, each by an index of its own; at most one more than MOST: nobody learns from more."""
    counts, params = [], []
    for tickets in lists:
        try:
            sql, values = tickets.order_by().values("pk")[: MOST + 1].query.sql_with_params()
        except EmptyResultSet:  # such as the tickets of somebody's teams who is in none
            counts.append("0")
        else:
            counts.append(f"(SELECT COUNT(*) FROM ({sql}) AS kept)")
            params += values
    if not counts:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", params)
        return cursor.fetchone()


def group_of(name, ticket, now):
    """The key of the heading under which a ticket stands."""
    if name == "promised":
        return clock_of(ticket.promise_due_at, now)
    if name not in ("waits", "oldest"):
        return name
    zone = timezone.get_current_timezone()
    days = (now.astimezone(zone).date() - ticket.waiting_since.astimezone(zone).date()).days
    return "today" if days <= 0 else "days" if days < 7 else "week"


def clock_of(due_at, now):
    """Whether what is due at a time is broken, near or running."""
    return "broken" if due_at <= now else "near" if due_at - now <= NEAR else "running"


HEADINGS = {
    "broken": gettext_lazy("Broken"),
    "near": gettext_lazy("Near"),
    "running": gettext_lazy("Running"),
    "today": gettext_lazy("Waiting for us since today"),
    "days": gettext_lazy("Since yesterday or longer"),
    "week": gettext_lazy("For a week or longer"),
    "open": gettext_lazy("Open"),
    "waiting": gettext_lazy("Waiting for customer"),
    "on_hold": gettext_lazy("On hold"),
    "asleep": gettext_lazy("Snoozed"),
    "resolved": gettext_lazy("Resolved"),
    "closed": gettext_lazy("Closed"),
}
