"""A mail's bytes, as what arrived."""

import hashlib
from datetime import timedelta

from ombud.features.channels.arrival.arrived import Arrived, Unreadable
from ombud.foundation.people.queries import first_administrator, is_ours
from ombud.lib.mail import NotUnderstood, understand
from ombud.spine.tickets.said import Enclosed, Said

# A mail server may try for five days to hand a mail over; a Date outside of this is a wrong clock.
ON_THE_WAY = timedelta(days=7)
MOST_REFERENCES = 50
_BY_MACHINES = ("auto-generated", "auto-notified")
_TO_MANY = ("bulk", "list", "junk")


def read(raw, incoming):
    """Understand a mail. Raises Unreadable."""
    try:
        mail = understand(raw)
    except NotUnderstood as error:
        raise Unreadable(str(error)) from error
    return Arrived(
        said=_said(mail, raw, incoming),
        recipients=(
            *incoming.envelope_to,
            *mail.delivered_to,
            *(one.address for one in (*mail.to, *mail.cc)),
        ),
        answers=mail.in_reply_to or (mail.references[-1] if mail.references else ""),
        is_reply=mail.is_reply,
        robot=is_robot(mail, incoming),
        bounce=mail.bounce,
        forwarded=mail.forwarded,
        spam=mail.spam.why if mail.spam.flagged else "",
        forged="dmarc" if mail.spam.checks.get("dmarc") == "fail" else "",
        hops=len(mail.headers.all_raw("received")),
        opening=_opening(mail, incoming),
        reply_to=tuple([one.name, one.address] for one in mail.reply_to),
        enclosed=tuple((_enclosed(part), part.content) for part in mail.attachments),
        why=mail.why,
    )


def _opening(mail, incoming):
    """In whose name it becomes a ticket. What is ours in an archive is opened one by one, not with the rest.

    An import is somebody's deed: nobody is told that we received it just now.
    """
    brought_along = incoming.source == "mbox" and mail.from_ and is_ours(mail.from_[0].address)
    by = first_administrator() if brought_along else None
    return {"by": by} if by else {}


def is_robot(mail, incoming):
    """Whether a machine answered something. What machines send of their own accord is no answer: alerts."""
    if not mail.auto_reply or mail.bounce:
        return False
    submitted = mail.header("auto-submitted").lower()
    precedence = mail.header("precedence").strip().lower()
    if submitted.startswith(_BY_MACHINES) or precedence in _TO_MANY or mail.list_id:
        return False
    only_asks = mail.header("x-auto-response-suppress") and not submitted and incoming.envelope_from
    return mail.is_reply or not only_asks


def _said(mail, raw, incoming):
    sender = mail.from_[0] if mail.from_ else None
    return Said(
        text=mail.reply_text,
        html=(mail.reply_html or mail.html or "") if mail.html else "",
        quoted="\n\n".join(filter(None, (mail.signature and f"-- \n{mail.signature}", mail.quoted_text))),
        subject=mail.subject,
        from_name=sender.name if sender else "",
        from_address=sender.address if sender else incoming.envelope_from,
        to=[[one.name, one.address] for one in mail.to],
        cc=[[one.name, one.address] for one in mail.cc],
        message_id=mail.message_id or made_up_id(raw),
        references=list(mail.references[-MOST_REFERENCES:]),
        raw=incoming.raw,
        language=mail.language or "",
        happened_at=said_at(mail.date, incoming),
        auto=mail.auto_reply,
        attachments=[_enclosed(part) for part in mail.attachments],
    )


def made_up_id(raw):
    """An id for a mail that has none: the same bytes have the same one, so that it is still taken once."""
    return f"<{hashlib.sha256(raw).hexdigest()[:40]}@without-id.invalid>"


def said_at(date, incoming):
    """When it was written, by its own Date, unless that is in the future or (in live mail) long ago."""
    at = incoming.received_at
    if date is None or date > at:
        return at
    if not incoming.trusted and incoming.source != "mbox" and date < at - ON_THE_WAY:
        return at
    return date


def _enclosed(part):
    return Enclosed(part.name, part.content_type, part.size, part.sha256, part.inline, part.content_id)
