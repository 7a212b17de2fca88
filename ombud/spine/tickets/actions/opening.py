"""What comes in: a new ticket, another word of the customer's, a third party's answer."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.events.models import Case
from ombud.foundation.people.models import Customer, Person, Team
from ombud.foundation.people.permissions import LOG, require
from ombud.foundation.post.models import Mailbox
from ombud.spine.tickets import events
from ombud.spine.tickets.changing import change, preview_of
from ombud.spine.tickets.models import Attachment, Level, Message, Status, Ticket
from ombud.spine.tickets.models.levels import priority_of
from ombud.spine.tickets.numbers import next_numbers
from ombud.spine.tickets.said import Said

from .tagging import put_on


@dataclass(frozen=True)
class Opening:
    """One ticket to be opened; the fields are those of `open_ticket`."""

    said: Said
    customer: Customer
    channel: str
    mailbox: Mailbox | None = None
    team: Team | None = None
    severity: str | None = None
    urgency: str | None = None
    tags: tuple = ()
    heard_by: Person | None = None
    heard_where: str = ""
    language: str = ""


@transaction.atomic
def open_ticket(said, *, customer, channel, now, by=None, **opening):
    """A customer asked for something: make the ticket and its first message.

    `by` is the person of ours who entered it (needs `log`); `heard_by` and `heard_where` say who heard a
    complaint and where (M3); see `Opening` for all that can be said. The new ticket carries its first message
    as `first_message`.
    """
    if by is not None:
        require(by, LOG)
    return open_many([Opening(said, customer, channel, **opening)], by=by, now=now)[0]


@transaction.atomic
def open_many(openings, *, now, by=None):
    """Open many tickets with few statements, for what comes in by the hundred."""
    for opening in openings:
        said = opening.said
        if not (said.text or said.html or said.subject or said.attachments):
            raise ValidationError(_("Nothing was said: write a subject or a message."))
    cases = Case.objects.bulk_create(Case(kind="ticket") for _opening in openings)
    numbers = next_numbers(len(openings))
    tickets = Ticket.objects.bulk_create(
        _new_ticket(opening, case, number, now)
        for opening, case, number in zip(openings, cases, numbers, strict=True)
    )
    pairs = list(zip(openings, tickets, strict=True))
    messages = Message.objects.bulk_create(
        _message(
            ticket,
            opening.said,
            kind=Message.Kind.RECEIVED,
            channel=opening.channel,
            now=now,
            by_customer=opening.customer,
        )
        for opening, ticket in pairs
    )
    Attachment.objects.bulk_create(
        _attachment(message, enclosed)
        for message, opening in zip(messages, openings, strict=True)
        for enclosed in opening.said.attachments
    )
    for ticket, message in zip(tickets, messages, strict=True):
        ticket.first_message = message
    events.OPENED.record_many(
        [
            (
                ticket.case_id,
                {"ticket": ticket.pk, "channel": ticket.channel, "message": ticket.first_message.pk},
            )
            for ticket in tickets
        ],
        by=by,
        now=now,
    )
    for opening, ticket in pairs:
        if opening.tags:
            put_on(ticket, opening.tags, by=by, now=now)
    return tickets


def _new_ticket(opening, case, number, now):
    said, customer, mailbox = opening.said, opening.customer, opening.mailbox
    severity, urgency = Level(opening.severity or Level.MEDIUM), Level(opening.urgency or Level.MEDIUM)
    happened_at = said.happened_at or now
    return Ticket(
        case=case,
        number=number,
        subject=said.subject[:500],
        preview=preview_of(said.text),
        severity=severity,
        urgency=urgency,
        priority=priority_of(severity, urgency),
        team=opening.team or (mailbox.team if mailbox else None),
        mailbox=mailbox,
        customer=customer,
        account_id=customer.account_id,
        channel=opening.channel,
        language=opening.language or said.language or customer.language,
        heard_by=opening.heard_by,
        heard_where=opening.heard_where,
        created_at=now,
        updated_at=now,
        last_message_at=happened_at,
        waiting_since=happened_at,
    )


@transaction.atomic
def receive(ticket, said, *, customer, channel, now, quietly=False):
    """The customer wrote again. What was resolved is open again; an automatic answer changes nothing.

    `quietly`: neither does this, since it was said before that (an import of old mail).
    """
    message = write_down(
        ticket, said, kind=Message.Kind.RECEIVED, channel=channel, now=now, by_customer=customer
    )
    newest = max(ticket.last_message_at, message.happened_at)
    if said.auto or quietly:
        change(ticket, by=None, now=now, last_message_at=newest)
    else:
        old = ticket.status
        # What was never answered stays new; everything else is ours to move now.
        status = Status.NEW if old == Status.NEW else Status.OPEN
        columns = {"status": status, "wakes_at": None, "resolved_at": None, "last_message_at": newest}
        if message.happened_at >= ticket.last_message_at or newest == message.happened_at:
            columns["preview"] = preview_of(said.text)
        columns["waiting_since"] = ticket.waiting_since or message.happened_at
        change(ticket, by=None, now=now, **columns)
        if old in (Status.RESOLVED, Status.CLOSED):
            events.REOPENED.record(case=ticket.case_id, now=now, ticket=ticket.pk, old=old)
        elif old != status:
            events.STATUS_SET.record(case=ticket.case_id, now=now, ticket=ticket.pk, old=old, new=status)
    events.RECEIVED.record(
        case=ticket.case_id, now=now, ticket=ticket.pk, message=message.pk, channel=channel
    )
    return message


def join_in(ticket, customer, *, now):
    """Somebody who was not in the thread writes in it; the agent is shown that (a colleague joined)."""
    events.JOINED_IN.record(case=ticket.case_id, now=now, ticket=ticket.pk, customer=customer.pk)


@transaction.atomic
def receive_inside(ticket, said, *, channel, now, by=None):
    """A third party answered, or one of ours wrote by mail: a note, which no customer sees."""
    kind = Message.Kind.NOTE if by else Message.Kind.THIRD_PARTY
    message = write_down(ticket, said, kind=kind, channel=channel, now=now, by_person=by)
    change(ticket, by=by, now=now, last_message_at=max(ticket.last_message_at, message.happened_at))
    events.ANSWERED_INSIDE.record(case=ticket.case_id, by=by, now=now, ticket=ticket.pk, message=message.pk)
    return message


def write_down(ticket, said, *, kind, channel, now, by_customer=None, by_person=None):
    """Make the message row and its attachments."""
    message = _message(
        ticket, said, kind=kind, channel=channel, now=now, by_customer=by_customer, by_person=by_person
    )
    message.save(force_insert=True)
    enclose(message, said.attachments)
    return message


def _message(ticket, said, *, kind, channel, now, by_customer=None, by_person=None):
    return Message(
        ticket=ticket,
        kind=kind,
        channel=channel,
        by_customer=by_customer,
        by_person=by_person,
        from_name=said.from_name[:160],
        from_address=said.from_address[:254],
        to=said.to,
        cc=said.cc,
        subject=said.subject[:500],
        text=said.text,
        quoted=said.quoted,
        html=said.html,
        message_id=said.message_id[:998],
        references=list(said.references),
        raw=said.raw,
        language=said.language,
        happened_at=said.happened_at or now,
        created_at=now,
        has_attachments=any(not a.inline for a in said.attachments),
        auto=said.auto,
    )


def enclose(message, attachments):
    """Write down which stored files come with a message."""
    Attachment.objects.bulk_create(_attachment(message, enclosed) for enclosed in attachments)


def _attachment(message, enclosed):
    return Attachment(
        message=message,
        name=enclosed.name[:255],
        content_type=enclosed.content_type[:120],
        size=enclosed.size,
        sha256=enclosed.sha256,
        inline=enclosed.inline,
        content_id=enclosed.content_id[:255],
    )
