"""Telling many customers the same news, each in their own thread, with few statements."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.events.models import Case
from ombud.foundation.people.models import Customer
from ombud.foundation.people.permissions import ANSWER, require
from ombud.foundation.post import actions as post
from ombud.foundation.post.queries import default_mailbox
from ombud.lib.mail import html_of
from ombud.lib.rooms import plugged
from ombud.spine.tickets import events
from ombud.spine.tickets.changing import preview_of
from ombud.spine.tickets.models import Message, Status, Ticket
from ombud.spine.tickets.numbers import next_numbers, token_of
from ombud.spine.tickets.queries import ids_before_each

from .writing import words_of_ours

# It is written by a person, so no machine is told to keep silent but those who say that somebody is away.
QUIET = {"X-Auto-Response-Suppress": "OOF"}


@dataclass(frozen=True)
class News:
    """One letter with news for a customer: in the thread of `ticket`, or in a new one where that is None.

    `words(ticket)` are its finished words, and `subject(ticket)` the subject of a new thread; `key` is the
    letter's (see `post.Outgoing`). Nobody else gets it in copy: each customer has a letter of their own.
    """

    key: str
    customer: Customer
    ticket: Ticket | None
    words: Callable
    subject: Callable
    language: str = ""


@transaction.atomic
def tell_many(news, *, by, now):
    """Put a letter for each into the post, as a reply of `by`; answers with the messages, in the same order.

    It answers what waited for an answer. It makes nobody the holder of a ticket, changes no status, and does
    not count as somebody having looked at it. Raises ValidationError when somebody has no address; then
    nobody is told.
    """
    require(by, ANSWER)
    if not all(one.customer.email for one in news):
        raise ValidationError(_("Say who this goes to: there is no address yet."))
    otherwise = default_mailbox()
    if otherwise is None:
        raise ValidationError(_("There is no mailbox to send from. An administrator can add one."))
    begun = iter(_begin([one for one in news if one.ticket is None], otherwise, by, now))
    pairs = [(one, one.ticket or next(begun)) for one in news]
    messages = Message.objects.bulk_create(_message(one, ticket, by, now) for one, ticket in pairs)
    _post(pairs, messages, otherwise, by, now)
    _mark([ticket for _one, ticket in pairs], messages, now)
    carried = [
        (message.ticket_id, {"ticket": message.ticket_id, "message": message.pk}) for message in messages
    ]
    events.REPLIED.record_many(carried, by=by, now=now)
    new = [
        (ticket, message) for (one, ticket), message in zip(pairs, messages, strict=True) if not one.ticket
    ]
    if new:
        _opened(new, by, now)
    return messages


def _begin(news, mailbox, by, now):
    cases = Case.objects.bulk_create(Case(kind="ticket") for _one in news)
    tickets = [
        Ticket(
            case=case,
            number=number,
            status=Status.OPEN,
            team=mailbox.team,
            mailbox=mailbox,
            customer=one.customer,
            account_id=one.customer.account_id,
            channel="email",
            language=one.language or one.customer.language,
            created_at=now,
            updated_at=now,
            touched_at=now,
            last_message_at=now,
        )
        for one, case, number in zip(news, cases, next_numbers(len(news)) if news else (), strict=True)
    ]
    for one, ticket in zip(news, tickets, strict=True):
        ticket.subject = " ".join(one.subject(ticket).split())[:500]
    return Ticket.objects.bulk_create(tickets)


def _message(one, ticket, by, now):
    text = one.words(ticket).strip()
    if not text:
        raise ValidationError(_("There is nothing to send: write something first."))
    to = [[one.customer.name, one.customer.email]]
    message = words_of_ours(ticket, Message.Kind.REPLY, text, html_of(text), by=by, now=now, to=to)
    message.language = one.language or message.language
    return message


def _post(pairs, messages, otherwise, by, now):
    before = ids_before_each([ticket for _one, ticket in pairs])
    outgoing = [
        _letter(one, ticket, message, before.get(ticket.pk, []), otherwise, by, now)
        for (one, ticket), message in zip(pairs, messages, strict=True)
    ]
    for message, letter in zip(messages, post.send_many(outgoing, now=now), strict=True):
        message.letter, message.message_id = letter, letter.message_id
    Message.objects.bulk_update(messages, ["letter", "message_id"])


def _letter(one, ticket, message, before, otherwise, by, now):
    mailbox = ticket.mailbox or otherwise
    lines = [line for ask in plugged("letter_lines") for line in ask(ticket, now)]
    text, html = post.signed(message.text, message.html, mailbox, by, language=message.language, lines=lines)
    answers = before and not message.subject.lower().startswith("re:")
    return post.Outgoing(
        key=one.key,
        case=ticket.case,
        mailbox=mailbox,
        kind="broadcast",
        to=message.to,
        subject=f"Re: {message.subject}" if answers else message.subject,
        text=text,
        html=html,
        in_reply_to=before[-1] if before else "",
        references=before,
        reply_token=token_of(ticket),
        from_name=by.name,
        headers=QUIET,
    )


def _mark(tickets, messages, now):
    told = sorted(
        ((preview_of(message.text), ticket.pk) for ticket, message in zip(tickets, messages, strict=True))
    )
    for preview, group in groupby(told, key=lambda pair: pair[0]):
        Ticket.objects.filter(pk__in=[pk for _preview, pk in group]).update(
            last_message_at=now, updated_at=now, waiting_since=None, preview=preview
        )


def _opened(new, by, now):
    """It was opened by our own word, and waits for the customer."""
    opened = [
        (ticket.pk, {"ticket": ticket.pk, "channel": "email", "message": message.pk})
        for ticket, message in new
    ]
    events.OPENED.record_many(opened, by=by, now=now)
    Ticket.objects.filter(pk__in=[ticket.pk for ticket, _message in new]).update(status=Status.WAITING)
    moved = {"old": str(Status.OPEN), "new": str(Status.WAITING)}
    events.STATUS_SET.record_many(
        [(ticket.pk, {"ticket": ticket.pk, **moved}) for ticket, _message in new], by=by, now=now
    )
