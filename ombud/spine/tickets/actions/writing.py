"""What we say: replies, notes, forwards, the first acknowledgement; and taking a reply back in time."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.notifications.actions import tell
from ombud.foundation.people.permissions import ANSWER, NOTE, require
from ombud.foundation.post import actions as post
from ombud.foundation.post.queries import default_mailbox
from ombud.lib.mail import html_of, sanitise, text_of
from ombud.lib.rooms import plugged
from ombud.spine.tickets import events, queries
from ombud.spine.tickets.changing import change, moved, preview_of
from ombud.spine.tickets.models import Draft, Message, Status
from ombud.spine.tickets.numbers import token_of

from .drafts import save_draft
from .opening import enclose

UNDO = timedelta(seconds=10)


class TooLate(ValidationError):
    """The mail has left; it cannot be taken back."""


@transaction.atomic
def reply(
    ticket,
    *,
    by,
    now,
    html="",
    text="",
    to=None,
    cc=None,
    bcc=(),
    attachments=(),
    status=Status.WAITING,
    hold=UNDO,
    sheet=None,
):
    """Answer the customer. It leaves by mail after `hold`, and can be taken back until then.

    `to` and `cc` are lists of [name, address]; None means the customer, and those who were in Cc before.
    Without any address (a phone call) the answer is written down, and nothing leaves. A machine's answer
    (`by` is None) carries the mailbox's name and signature only, and makes nobody the holder. `sheet`
    (post.Sheet) draws the mail; the thread keeps `html`.
    """
    if by is not None:
        require(by, ANSWER)
    text, html = _both(text, html)
    to, cc = _recipients(ticket, to, cc)
    message = _write(ticket, Message.Kind.REPLY, text, html, by=by, now=now, to=to, cc=cc, bcc=list(bcc))
    enclose(message, attachments)
    _mark_attachments(message, attachments)
    if to:
        _post(message, ticket, "reply", text, html, attachments, now, hold, by, sheet)
    columns = {"last_message_at": now, "preview": preview_of(text), "waiting_since": None}
    if ticket.assignee_id is None and by is not None:
        columns["assignee"] = by
    old = ticket.status
    if status:
        columns["status"] = Status(status)
        done = status in (Status.RESOLVED, Status.CLOSED)
        columns["resolved_at"] = (ticket.resolved_at or now) if done else None
        if status in (Status.NEW, Status.OPEN):
            columns["waiting_since"] = ticket.waiting_since
    if "assignee" in columns:
        events.ASSIGNED.record(case=ticket.case_id, by=by, now=now, ticket=ticket.pk, old=None, new=by.pk)
    change(ticket, by=by, now=now, **columns)
    Draft.objects.filter(ticket=ticket, by=by, kind=Message.Kind.REPLY).delete()
    events.REPLIED.record(case=ticket.case_id, by=by, now=now, ticket=ticket.pk, message=message.pk)
    if status and old != status:
        events.STATUS_SET.record(case=ticket.case_id, by=by, now=now, ticket=ticket.pk, old=old, new=status)
    return message


@transaction.atomic
def note(ticket, *, by, now, html="", text="", mentions=(), attachments=()):
    """Write something inside. Mentioned people are told; no customer ever sees it."""
    if by is not None:
        require(by, NOTE)
    text, html = _both(text, html)
    message = _write(ticket, Message.Kind.NOTE, text, html, by=by, now=now)
    enclose(message, attachments)
    _mark_attachments(message, attachments)
    change(ticket, by=by, now=now, last_message_at=now)
    Draft.objects.filter(ticket=ticket, by=by, kind=Message.Kind.NOTE).delete()
    events.NOTED.record(
        case=ticket.case_id,
        by=by,
        now=now,
        ticket=ticket.pk,
        message=message.pk,
        mentions=[person.pk for person in mentions],
    )
    tell(mentions, "mentioned", case=ticket.case, key=f"mentioned:{message.pk}", now=now, by=by)
    return message


@transaction.atomic
def forward(ticket, *, by, now, to, html="", text="", cc=(), attachments=(), hold=UNDO):
    """Ask a third party. Their answer comes back as a note; the customer sees neither."""
    require(by, ANSWER)
    if not to:
        raise ValidationError(_("Say to whom it should go."))
    text, html = _both(text, html)
    message = _write(ticket, Message.Kind.FORWARD, text, html, by=by, now=now, to=list(to), cc=list(cc))
    enclose(message, attachments)
    _mark_attachments(message, attachments)
    _post(message, ticket, "forward", text, html, attachments, now, hold, by)
    change(ticket, by=by, now=now, last_message_at=now)
    Draft.objects.filter(ticket=ticket, by=by, kind=Message.Kind.FORWARD).delete()
    events.FORWARDED.record(case=ticket.case_id, by=by, now=now, ticket=ticket.pk, message=message.pk)
    return message


@transaction.atomic
def take_back(message, *, by, now):
    """Undo a reply or forward that has not left: its words are a draft again."""
    require(by, ANSWER)
    ticket = message.ticket
    if message.letter is None:
        raise TooLate(_("This was not sent by mail, so there is nothing to take back."))
    letter, message.letter = message.letter, None
    message.save(update_fields=["letter"])
    try:
        post.take_back(letter, by=by, now=now)
    except post.TooLate as error:
        raise TooLate(_("It has left already and cannot be taken back.")) from error
    draft = save_draft(
        ticket,
        by=by,
        kind=message.kind,
        html=message.html,
        to=message.to,
        cc=message.cc,
        bcc=message.bcc,
        now=now,
    )
    message.attachments.update(draft=draft, message=None)
    gone = message.pk
    message.delete()
    newest = ticket.messages.order_by("-happened_at", "-id").first()
    last_received = queries.last_received(ticket)
    old = ticket.status
    change(
        ticket,
        by=by,
        now=now,
        status=Status.OPEN,
        resolved_at=None,
        preview=preview_of(newest.text) if newest else "",
        last_message_at=newest.happened_at if newest else ticket.created_at,
        waiting_since=last_received.happened_at if last_received else None,
    )
    moved(ticket, old, by=by, now=now)
    events.REPLY_TAKEN_BACK.record(case=ticket.case_id, by=by, now=now, ticket=ticket.pk, message=gone)
    return draft


def _both(text, html):
    text, html = text.strip(), sanitise(html)
    if html and not text:
        text = text_of(html).strip()
    elif text and not html:
        html = html_of(text)
    if not text and "<img" not in html:
        raise ValidationError(_("There is nothing to send: write something first."))
    return text, html


def _recipients(ticket, to, cc):
    mailbox_addresses = queries.our_addresses()
    if to is None:
        customer = ticket.customer
        to = [[customer.name, customer.email]] if customer.email else []
    if cc is None:
        taken = {address.lower() for _name, address in to} | mailbox_addresses
        cc = [[name, address] for name, address in queries.cc_of(ticket) if address.lower() not in taken]
    return list(to), list(cc)


def _write(ticket, kind, text, html, **more):
    message = words_of_ours(ticket, kind, text, html, **more)
    message.save(force_insert=True)
    return message


def words_of_ours(ticket, kind, text, html, *, by, now, to=(), cc=(), bcc=(), subject=""):
    """A message of ours, not yet saved. With recipients it is one that will leave by mail."""
    mailbox = ticket.mailbox
    return Message(
        ticket=ticket,
        kind=kind,
        channel="email" if to else ticket.channel,
        by_person=by,
        from_name=by.name if by else (mailbox.name if mailbox else ""),
        from_address=mailbox.address if mailbox and to else "",
        to=list(to),
        cc=list(cc),
        bcc=list(bcc),
        subject=subject or ticket.subject,
        text=text,
        html=html,
        language=ticket.language,
        happened_at=now,
        created_at=now,
        delivery=Message.Delivery.WAITING if to else Message.Delivery.NONE,
    )


def _mark_attachments(message, attachments):
    if any(not enclosed.inline for enclosed in attachments):
        message.has_attachments = True
        message.save(update_fields=["has_attachments"])


def _post(message, ticket, kind, text, html, attachments, now, hold, by, sheet=None):
    mailbox = ticket.mailbox or default_mailbox()
    if mailbox is None:
        raise ValidationError(_("There is no mailbox to send from. An administrator can add one."))
    before = queries.ids_before(ticket) if kind != "forward" else []
    subject = message.subject
    if kind == "reply" and before and not subject.lower().startswith("re:"):
        subject = f"Re: {subject}"
    lines = _lines(message, ticket, now) if kind == "reply" else ()
    text, html = post.signed(text, html, mailbox, by, lines=lines, sheet=sheet)
    letter = post.send(
        key=f"{kind}:{message.pk}",
        case=ticket.case,
        mailbox=mailbox,
        kind=kind,
        to=message.to,
        cc=message.cc,
        bcc=message.bcc,
        subject=subject,
        text=text,
        html=html,
        now=now,
        hold=hold,
        in_reply_to=before[-1] if before else "",
        references=before,
        reply_token=token_of(ticket),
        from_name=by.name if by else "",
        attachments=[
            {
                "name": a.name,
                "content_type": a.content_type,
                "sha256": a.sha256,
                "size": a.size,
                "inline": a.inline,
                "content_id": a.content_id,
            }
            for a in attachments
        ],
    )
    message.letter = letter
    message.message_id = letter.message_id
    message.save(update_fields=["letter", "message_id"])


def _lines(message, ticket, now):
    """What rooms say under it, to those who read it."""
    readers = [address for _name, address in (*message.to, *message.cc, *message.bcc)]
    return [line for ask in plugged("letter_lines") for line in ask(ticket, now, readers)]
