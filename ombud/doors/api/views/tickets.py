"""Tickets: list, open, read, change; and their history."""

from typing import Literal

from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from ombud.doors.api import cursors, showing, uploads
from ombud.doors.api.again import once
from ombud.doors.api.described import ANSWERS, IDEMPOTENT, WRITE_ANSWERS
from ombud.doors.api.errors import Refusal, naming
from ombud.doors.api.shapes import Events, OneTicketShown, TicketAsked, TicketChange, Tickets
from ombud.foundation.events.models import Event
from ombud.foundation.people.actions import meet
from ombud.foundation.people.models import Person, Team
from ombud.foundation.people.permissions import ASSIGN, CHANGE, LOG
from ombud.foundation.post.queries import default_mailbox, mailbox_for
from ombud.lib.mail import language_of, sanitise, text_of
from ombud.spine.tickets import actions, search
from ombud.spine.tickets.models import Status as TicketStatus
from ombud.spine.tickets.models import Ticket
from ombud.spine.tickets.said import Said

router = Router(tags=["Tickets"])


class Wanted(Schema):
    """Which tickets; without any, all that the token may see."""

    status: str = Field("", description=f"One or several with commas: {', '.join(TicketStatus.values)}")
    q: str = Field("", max_length=500, description="Words that were said, or a number")
    assignee: str = Field("", description="The mail address of a person of ours, or none")
    team: str = Field("", description="The name of a team, or none")
    tag: str = Field("", description="The name of a tag")
    customer: str = Field("", description="A mail address of the customer")
    due_before: str = Field("", description="A promise on it is due before this time (ISO 8601 with offset)")
    sort: Literal["number", "due"] = Field(
        "number", description="number: the newest first; due: those with a running promise, first due first"
    )
    limit: int = Field(50, ge=1, le=500, description="How many at most, 1 to 500")
    cursor: str = Field("", description="What next said on the page before")


@router.get("/tickets", response={200: Tickets, **ANSWERS}, operation_id="list_tickets")
def list_tickets(request, wanted: Query[Wanted]):
    """The tickets that this token may see, the newest first. Those that come meanwhile move no page."""
    tickets = _filtered(request.auth.tickets(), wanted)
    numbers, following, count = _page(tickets, wanted)
    rows = showing.with_all(Ticket.objects.filter(number__in=numbers)).in_bulk(field_name="number")
    items = [showing.ticket(rows[number]) for number in numbers if number in rows]
    return {"items": items, **count, "next": following}


def _page(tickets, wanted):
    """The numbers of a page, the cursor of the next one, and how many there are in all."""
    if wanted.sort == "due":
        tickets = search.narrow(tickets, wanted.q) if wanted.q.strip() else tickets
        due = tickets.filter(wakes_at=None, promise_due_at__isnull=False)
        page = cursors.page_by_time(due, "promise_due_at", "number", wanted.cursor, wanted.limit)
        return *page, cursors.counted(due, "number")
    if not wanted.q.strip():
        page = cursors.page(tickets, "number", wanted.cursor, wanted.limit, descending=True)
        return *page, cursors.counted(tickets, "number")
    # A search finds few enough to sort here; PostgreSQL would walk all tickets by their numbers instead.
    found = sorted(search.narrow(tickets, wanted.q).values_list("number", flat=True), reverse=True)
    return *cursors.part(found, wanted.cursor, wanted.limit), {"count": len(found), "count_capped": False}


def _filtered(tickets, wanted):
    if wanted.status:
        words = [word.strip() for word in wanted.status.split(",")]
        if not set(words) <= set(TicketStatus.values):
            raise Refusal(422, fields={"status": [_("There is no such status.")]})
        tickets = tickets.filter(status__in=words)
    if wanted.assignee:
        who = None if wanted.assignee == "none" else _person(wanted.assignee)
        tickets = tickets.filter(assignee=who)
    if wanted.team:
        tickets = tickets.filter(team=None if wanted.team == "none" else _team(wanted.team))
    if wanted.tag:
        tickets = tickets.filter(taggings__tag__name=wanted.tag.strip().lower())
    if wanted.customer:
        address = wanted.customer.strip().lower()
        tickets = tickets.filter(Q(customer__addresses__address=address))
    if wanted.due_before:
        # Who sleeps is not hurried; and the index of what is due holds those that are awake only.
        before = cursors.time("due_before", wanted.due_before)
        tickets = tickets.filter(wakes_at=None, promise_due_at__lt=before)
    return tickets


@router.post(
    "/tickets",
    response={201: OneTicketShown, **WRITE_ANSWERS},
    operation_id="open_ticket",
    openapi_extra=IDEMPOTENT,
)
def open_ticket(request, asked: TicketAsked, response: HttpResponse):
    """Open a ticket for a customer; who is not known yet is entered."""
    request.auth.require(LOG)
    status, body, location = once(request, lambda: _open(request.auth, asked))
    response["Location"] = location
    return Status(status, body)


def _open(caller, asked):
    now = timezone.now()
    html = sanitise(asked.html)
    text = asked.text.strip() or text_of(html)
    said = Said(
        text=text,
        html=html,
        subject=asked.subject,
        from_name=asked.customer.name,
        from_address=asked.customer.email,
        language=asked.language or _language(f"{asked.subject}\n{text}"),
        attachments=uploads.enclosed(caller.token, asked.attachments),
    )
    mailbox = _mailbox(asked.mailbox)
    with transaction.atomic():
        ticket = actions.open_ticket(
            said,
            customer=meet(email=asked.customer.email, name=asked.customer.name, now=now, by=caller.person),
            channel="api",
            now=now,
            mailbox=mailbox,
            by=caller.person,
            severity=asked.severity,
            urgency=asked.urgency,
            tags=asked.tags,
        )
        body = showing.one_ticket(ticket.pk)
    return 201, body, reverse("api-1:read_ticket", args=[ticket.number])


def _language(text):
    found = language_of(text) or ""
    return "zh-hans" if found == "zh" else found


def _mailbox(address):
    if not address:
        return default_mailbox()
    mailbox = mailbox_for(address)
    if mailbox is None:
        raise Refusal(422, fields={"mailbox": [_("We have no mailbox with this address.")]})
    return mailbox


@router.get(
    "/tickets/{int:number}",
    response={200: OneTicketShown, **ANSWERS},
    operation_id="read_ticket",
    url_name="read_ticket",
)
def read_ticket(request, number: int):
    """One ticket. The number of one that was merged away leads to its survivor."""
    return showing.one_ticket(request.auth.ticket(number).pk)


@router.patch(
    "/tickets/{int:number}", response={200: OneTicketShown, **WRITE_ANSWERS}, operation_id="change_ticket"
)
def change_ticket(request, number: int, asked: TicketChange):
    """Change some fields of a ticket: all of them or, when one is not right, none."""
    caller, now = request.auth, timezone.now()
    ticket = caller.ticket(number)
    given = {name: getattr(asked, name) for name in CHANGES if name in asked.model_fields_set}
    for name in given:
        caller.require(ASSIGN if name in ("assignee", "team") else CHANGE)
    # Asked before the transaction, which on SQLite would hold up everyone who writes.
    values = {name: CHANGES[name][0](value) for name, value in given.items()}
    with transaction.atomic():
        for name, value in values.items():
            with naming(name):
                CHANGES[name][1](ticket, value, by=caller.person, now=now)
    return showing.one_ticket(ticket.pk)


def _person(address):
    who = address and Person.objects.filter(email__iexact=address.strip(), is_active=True).first()
    if address and who is None:
        raise Refusal(422, fields={"assignee": [_("Nobody of ours has this address.")]})
    return who or None


def _team(name):
    team = name and Team.objects.filter(name__iexact=name.strip(), archived_at=None).first()
    if name and team is None:
        raise Refusal(422, fields={"team": [_("There is no such team.")]})
    return team or None


def _as_it_is(value):
    return value


# Field -> how its value is read, and the verb. Status comes last: the rest may decide what it means.
CHANGES = {
    "subject": (_as_it_is, actions.rename),
    "severity": (_as_it_is, actions.set_severity),
    "urgency": (_as_it_is, actions.set_urgency),
    "tags": (_as_it_is, actions.set_tags),
    "team": (_team, actions.set_team),
    "assignee": (_person, actions.assign),
    "status": (_as_it_is, actions.set_status),
}


@router.get("/tickets/{int:number}/events", response={200: Events, **ANSWERS}, operation_id="list_events")
def list_events(
    request,
    number: int,
    limit: int = Query(100, ge=1, le=500),
    cursor: str = Query(""),
):
    """Everything that happened to a ticket, the oldest first."""
    ticket = request.auth.ticket(number)
    log = Event.objects.filter(case=ticket.case_id)
    ids, following = cursors.page(log, "id", cursor, limit)
    rows = list(Event.objects.filter(pk__in=ids).select_related("actor", "token").order_by("pk"))
    numbers = _numbers(request.auth, rows)
    return {
        "items": [showing.event(row, numbers) for row in rows],
        **cursors.counted(log),
        "next": following,
    }


def _numbers(caller, rows):
    """The numbers of the other tickets that events name, as far as the caller may see them."""
    named = {row.data.get(field) for row in rows for field in showing.OTHER_TICKET.get(row.verb, ())} - {None}
    if not named:
        return {}
    # A ticket merged into a visible one is theirs to know, though it is in no list.
    theirs = caller.tickets().filter(Q(pk__in=named) | Q(merged__in=named)).values_list("pk", flat=True)
    return dict(
        Ticket.objects.filter(Q(pk__in=theirs) | Q(merged_into__in=theirs), pk__in=named).values_list(
            "pk", "number"
        )
    )
