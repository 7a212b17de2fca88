"""The views of the inbox and their lists: who waits longest for us stands first; nobody is left out.

A list is read in parts (those who wait for us, what is open, what waits for the customer …), each in the
order of an index, so that a page costs the same with a hundred tickets and with a hundred thousand.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.spine.tickets.models import SavedView, Status
from ombud.spine.tickets.models.levels import OURS_TO_MOVE

from . import filters as filtering

PAGE = 50
MOST = 10_000  # beyond that a count says "10,000+"
MANY = 1_000  # counting more takes some milliseconds
REMEMBERED = 20  # seconds
SHOWN = [
    "case",
    "number",
    "subject",
    "preview",
    "status",
    "priority",
    "channel",
    "created_at",
    "last_message_at",
    "waiting_since",
    "touched_at",
    "wakes_at",
    "resolved_at",
    "assignee__name",
    "customer__name",
    "customer__email",
    "customer__phone",
    "account__name",
]


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
PARTS = {
    "waits": Part(AWAKE & Q(waiting_since__isnull=False), "waiting_since", descending=False),
    "open": Part(AWAKE & Q(resolved_at=None, waiting_since=None, status__in=OURS_TO_MOVE), "last_message_at"),
    "waiting": Part(AWAKE & Q(resolved_at=None, status=Status.WAITING), "last_message_at"),
    "on_hold": Part(AWAKE & Q(resolved_at=None, status=Status.ON_HOLD), "last_message_at"),
    "asleep": Part(Q(wakes_at__isnull=False), "wakes_at", descending=False),
    "resolved": Part(Q(status=Status.RESOLVED), "last_message_at"),
    "closed": Part(Q(status=Status.CLOSED), "last_message_at"),
}
UNDONE = ("waits", "open", "waiting", "on_hold")


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
        View("waiting", gettext_lazy("Waiting for customer"), "pause", parts=("waiting",)),
        View("oldest", gettext_lazy("Oldest untouched"), "hourglass", parts=("waits",), untouched=True),
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
    saved = saved_views(person).filter(pk=int(number)).first()
    if saved is None:
        raise KeyError(key)
    return of_saved(saved)


def of_saved(saved):
    """A saved view as the inbox knows it."""
    kept = {key: value for key, value in saved.filters.items() if key in filtering.KEYS}
    return View(f"saved-{saved.pk}", saved.name, "funnel", kept, parts_for(kept), saved=saved)


def saved_views(person):
    """A person's own views and those shared with everyone."""
    return SavedView.objects.filter(Q(owner=None) | Q(owner=person))


def parts_for(filters, parts=UNDONE):
    """A filter by status chooses the stretches of the list; a search by words looks at the done ones too."""
    status = filters.get("status")
    if status in (Status.NEW, Status.OPEN):
        return ("waits", "open")
    if status in PARTS:
        return (status,)
    return (*parts, "resolved", "closed") if "words" in filters and parts == UNDONE else parts


def tickets_of(tickets, view, filters, person):
    """What a view and a further filter keep of the tickets a person may see."""
    kept = filtering.keep(tickets, {**view.filters, **filters}, person)
    return kept.filter(touched_at=None) if view.untouched else kept


def page(tickets, parts, cursor="", size=PAGE):
    """One page of a list: pairs of a part's name and a ticket, and the cursor of the next page or None."""
    rows, after = [], _read(cursor, parts)
    for name in parts[parts.index(after[0]) :] if after else parts:
        part = PARTS[name]
        some = tickets.filter(part.keeps)
        if after and after[0] == name:
            some = some.filter(part.after(*after[1:]))
        some = some.select_related("customer", "account", "assignee").only(*SHOWN).order_by(*part.order())
        rows += [(name, ticket) for ticket in some[: size + 1 - len(rows)]]
        if len(rows) > size:
            return rows[:size], _write(*rows[size - 1])
    return rows, None


def _write(name, ticket):
    return f"{name}~{getattr(ticket, PARTS[name].column).isoformat()}~{ticket.number}"


def _read(cursor, parts):
    name, _tilde, rest = cursor.partition("~")
    value, _tilde, number = rest.partition("~")
    try:
        return (name, datetime.fromisoformat(value), int(number)) if name in parts else None
    except ValueError:
        return None


def count(tickets, parts=UNDONE):
    """How many there are, and at most one more than MOST: counting on would cost more than anybody learns."""
    if parts == UNDONE:
        tickets = tickets.filter(AWAKE, resolved_at=None)
    else:
        kept = Q()
        for name in parts:
            kept |= PARTS[name].keeps
        tickets = tickets.filter(kept)
    return tickets.order_by().values("pk")[: MOST + 1].count()


def counted(person, what, tickets, parts=UNDONE):
    """The same; a large count is remembered for a moment, since nobody sees it change by one."""
    key = f"workspace.count.{person.pk}.{what}"
    number = cache.get(key)
    if number is None:
        number = count(tickets, parts)
        if number > MANY:
            cache.set(key, number, REMEMBERED)
    return number


def group_of(name, ticket, now):
    """The heading under which a ticket stands."""
    if name != "waits":
        return name, _labels()[name]
    since, today = timezone.localtime(ticket.waiting_since), timezone.localtime(now).date()
    if since.date() >= today:
        return "today", _("Waiting for us since today")
    if since.date() > today - timedelta(days=7):
        return "days", _("Since yesterday or longer")
    return "week", _("For a week or longer")


def _labels():
    return {
        "open": _("Open"),
        "waiting": _("Waiting for customer"),
        "on_hold": _("On hold"),
        "asleep": _("Snoozed"),
        "resolved": _("Resolved"),
        "closed": _("Closed"),
    }
