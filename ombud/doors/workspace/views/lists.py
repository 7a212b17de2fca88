"""The inbox: a list on the left, and beside it the ticket that is open."""

from functools import partial

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.doors.workspace import clocks, conversation, filters, glance, inbox, reading, sleeping
from ombud.doors.workspace.answers import desk_page
from ombud.foundation.notifications.actions import mark_read
from ombud.foundation.people.permissions import ANSWER, LOG, SHARE, may
from ombud.lib.prepared import Among, Prepared
from ombud.spine.escalations.queries import escalated_among
from ombud.spine.ladders.queries import climbing_among
from ombud.spine.tickets import queries
from ombud.spine.tickets.models import Status
from ombud.ui.page import url

TICKETS = Among("tickets")
CLOCKED = ("broken", "near", "running")
MARKED = Prepared(lambda: climbing_among(TICKETS).union(escalated_among(TICKETS)))
LONGEST = 300  # rows of a list that is refreshed at once


@desk_page
def front(request):
    """The inbox is where the day begins."""
    return redirect("workspace:inbox")


@desk_page
def in_view(request, view=None, number=None):
    """A view's list, with a ticket beside it or not. `part` asks for one pane only."""
    person, now = request.user, timezone.now()
    try:
        looked_at = inbox.view_called(view or first_view(person), person)
    except KeyError:
        raise Http404(_("There is no such view.")) from None
    visible = queries.visible_to(person)
    ticket = conversation.find(person, number, visible) if number else None
    if ticket and ticket.number != number:
        return redirect(here(looked_at, ticket, request))
    part = request.GET.get("part")
    context = {"now": now, "view": looked_at, "write": request.GET.get("write"), "person": person}
    context |= {"statuses": conversation.said(Status), "presets": sleeping.presets(now)}
    context["waited"] = partial(reading.waited, now=now)
    context["list_back"] = url("workspace:view", view=looked_at.key, query=filters.read(request.GET) or None)
    if part in (None, "list", "more"):
        context |= list_of(request, looked_at, visible, ticket, now)
    if ticket:
        there = glance.at(ticket, person, now)
        if there["notices"]:  # what one was told about a ticket is read when one opens it
            mark_read(person, case=ticket.case_id, now=now)
        everything, write = "everything" in request.GET, context["write"]
        context |= conversation.of(
            ticket, person, visible, there, now=now, everything=everything, write=write
        )
        context |= reading.WORDS | {"here_href": here(looked_at, ticket, request)}
    if part:
        return _one_part(request, part, context)
    return _whole(request, context)


@desk_page
def ticket(request, number):
    """One ticket, with everything that is open beside it."""
    return in_view(request, view="all", number=number)


def first_view(person):
    """Where somebody begins: with their own tickets; who answers nobody sees all that they may."""
    return "mine" if may(person, ANSWER) else "all"


def here(view, ticket, request):
    """The address of this ticket in this list."""
    query = filters.read(request.GET)
    return url("workspace:in_view", view=view.key, number=ticket.number, query=query or None)


def marked(pks):
    """The tickets whose rows carry the ladder: those that climb one, and those that are escalated."""
    return set(MARKED(tickets=pks))


def list_of(request, view, visible, ticket, now):
    """The context of a list: its page, its counts, and what else one can look at."""
    person = request.user
    chosen = filters.read(request.GET)
    kept = inbox.tickets_of(visible, view, chosen, person)
    parts = inbox.parts_for({**view.filters, **chosen}, view.parts)
    rows, cursor = inbox.page(kept, parts, request.GET.get("cursor", ""), _size(request.GET.get("size", "")))
    query = {**chosen}
    context = {
        "rows": grouped(rows, now, request.GET.get("group", ""), ended=cursor is None),
        "cursor": cursor,
        "last_group": inbox.group_of(*rows[-1], now) if rows else "",
        "query": query,
        "chosen": chosen,
        "current": ticket.number if ticket else None,
        "icon_of": filters.icon_of,
        "climbed": marked([row.pk for _part, row in rows]) if rows else (),
        "clocks": clocks.of([row for _part, row in rows], now) if rows else {},
        "revision": reading.revision,
        "row_href": lambda row: url(
            "workspace:in_view", view=view.key, number=row.number, query=query or None
        ),
        "list_href": url("workspace:view", view=view.key, query=query or None),
    }
    if request.GET.get("part") != "more":
        context |= around(visible, kept, view, parts, person, chosen, now)
        _count_groups(context)
    return context


def _size(asked):
    """A list that was made longer by scrolling is refreshed as long as it is."""
    return min(max(int(asked), inbox.PAGE), LONGEST) if asked.isascii() and asked.isdigit() else inbox.PAGE


def around(visible, kept, view, parts, person, chosen, now):
    """Counts, tabs, the oldest one, and saved views."""
    here = view.key if not chosen else f"{view.key}.{hash(tuple(chosen.items()))}"
    undone = inbox.all_of(visible, inbox.UNDONE)
    lists = {key: inbox.tickets_of(undone, inbox.VIEWS[key], {}, person) for key in inbox.TABS}
    lists.setdefault(here, inbox.all_of(kept, parts))
    clocks_run = "promised" in parts
    mine = lists[here] if parts == inbox.UNDONE else inbox.all_of(kept, inbox.UNDONE)
    burns = {f"{here}.{key}": one for key, one in inbox.burning(mine, now).items()} if clocks_run else {}
    counts = inbox.counted(person, burns | lists)
    burnt = {key.rpartition(".")[2]: counts[key] for key in burns}
    return {
        "bar": inbox.bar(burnt, counts[here]) if clocks_run else None,
        "bar_words": reading.bar_words,
        "counts": counts,
        "count": counts[here],
        "most": inbox.MOST,
        "oldest": queries.oldest_untouched(visible)
        .filter(wakes_at=None)
        .only("number", "waiting_since")
        .first(),
        "views": inbox.VIEWS,
        "tabs": inbox.TABS,
        "saved_views": [inbox.of_saved(saved) for saved in inbox.saved_views(person)],
        "filter_words": filters.words_of(chosen, person) if chosen else [],
        "count_words": reading.count_words,
        "short_count": reading.short_count,
        "first_steps": reading.first_steps,
        "may_share": may(person, SHARE),
        "may_log": may(person, LOG),
        "may_answer": may(person, ANSWER),
    }


def _count_groups(context):
    """Headings of what has a clock say how many there are, also of those that stand on later pages."""
    known = {
        key: many for key, many in (context["bar"] or {}).items() if key in CLOCKED and many <= inbox.MOST
    }
    context["rows"] = [
        (label, known.get(key, number) if label else None, key, found)
        for label, number, key, found in context["rows"]
    ]


def grouped(rows, now, last="", ended=True):
    """Rows under their headings: (heading or None when it goes on, how many if all are here, key, rows)."""
    groups = []
    for name, row in rows:
        key = inbox.group_of(name, row, now)
        if key != last or not groups:
            groups.append([None if key == last else inbox.HEADINGS[key], key, []])
            last = key
        groups[-1][2].append(row)
    whole = groups if ended else groups[:-1]
    return [
        (label, len(found) if label and [label, key, found] in whole else None, key, found)
        for label, key, found in groups
    ]


def _one_part(request, part, context):
    if part not in ("list", "more", "ticket", "thread") or (
        part in ("ticket", "thread") and "ticket" not in context
    ):
        raise Http404
    response = render(request, "workspace/panes.html", {**context, "part": part}, using="jinja2")
    response["Cache-Control"] = "no-store"
    return response


def _whole(request, context):
    ticket = context.get("ticket")
    context["place"] = f"#{ticket.number}" if ticket else None
    context["live_url"] = reverse("workspace:live_token")
    return render(request, "workspace/desk.html", context, using="jinja2")
