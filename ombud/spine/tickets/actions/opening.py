"""What comes in: a new ticket, another word of the customer's, a third party's answer."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.events.models import Case
from ombud.foundation.people.permissions import LOG, require
from ombud.spine.tickets import events
from ombud.spine.tickets.changing import change, preview_of
from ombud.spine.tickets.models import Attachment, Level, Message, Status, Ticket
from ombud.spine.tickets.models.levels import priority_of
from ombud.spine.tickets.numbers import next_number

from .tagging import put_on


@transaction.atomic
def open_ticket(
    said,
    *,
    customer,
    channel,
    now,
    mailbox=None,
    team=None,
    by=None,
    severity=None,
    urgency=None,
    tags=(),
    heard_by=None,
    heard_where="",
    language="",
):
    """A customer asked for something: make the ticket and its first message.

    `by` is the person of ours who entered it (needs `log`); `heard_by` and `heard_where` say who heard a
    complaint and where (M3). The new ticket carries its first message as `first_message`.
    """
    if by is not None:
        require(by, LOG)
    if not (said.text or said.html or said.subject or said.attachments):
        raise ValidationError(_("Nothing was said: write a subject or a message."))
    severity, urgency = Level(severity or Level.MEDIUM), Level(urgency or Level.MEDIUM)
    happened_at = said.happened_at or now
    ticket = Ticket.objects.create(
        case=Case.objects.create(kind="ticket"),
        number=next_number(),
        subject=said.subject[:500],
        preview=preview_of(said.text),
        severity=severity,
        urgency=urgency,
        priority=priority_of(severity, urgency),
        team=team or (mailbox.team if mailbox else None),
        mailbox=mailbox,
        customer=customer,
        account_id=customer.account_id,
        channel=channel,
        language=language or said.language or customer.language,
        heard_by=heard_by,
        heard_where=heard_where,
        created_at=now,
        updated_at=now,
        last_message_at=happened_at,
        waiting_since=happened_at,
    )
    message = write_down(
        ticket, said, kind=Message.Kind.RECEIVED, channel=channel, now=now, by_customer=customer
    )
    ticket.first_message = message
    events.OPENED.record(
        case=ticket.case_id, by=by, now=now, ticket=ticket.pk, channel=channel, message=message.pk
    )
    if tags:
        put_on(ticket, tags, by=by, now=now)
    return ticket


@transaction.atomic
def receive(ticket, said, *, customer, channel, now):
    """The customer wrote again. What was resolved is open again; an automatic answer changes nothing."""
    message = write_down(
        ticket, said, kind=Message.Kind.RECEIVED, channel=channel, now=now, by_customer=customer
    )
    newest = max(ticket.last_message_at, message.happened_at)
    if said.auto:
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
    message = Message.objects.create(
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
    enclose(message, said.attachments)
    return message


def enclose(message, attachments):
    """Write down which stored files come with a message."""
    Attachment.objects.bulk_create(
        Attachment(
            message=message,
            name=a.name[:255],
            content_type=a.content_type[:120],
            size=a.size,
            sha256=a.sha256,
            inline=a.inline,
            content_id=a.content_id[:255],
        )
        for a in attachments
    )
