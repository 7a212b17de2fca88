"""A customer who is signed in wrote on their own pages."""

import json
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ombud.features.channels.arrival.keeping import Delivered, keep, storable
from ombud.features.channels.arrival.work import take_in
from ombud.features.channels.queries import is_open
from ombud.lib import files
from ombud.spine.tickets.said import Enclosed


def accept(
    customer,
    *,
    text,
    now,
    ticket=None,
    subject="",
    severity="",
    attachments=(),
    mailbox=None,
    key="",
    remote="",
):
    """Store what they wrote and take it in, as mail is; answers with the message, None if it is put aside.

    With a `ticket` it is another word there: whether they may write in it, the caller has asked.
    `attachments` are (name, content type, bytes). `key` is the form's own, so that sending it twice is one
    message. Raises ValidationError, by field, with a sentence.
    """
    _check(text, subject, ticket)
    enclosed = [
        asdict(Enclosed(name, kind, len(content), files.keep(content))) for name, kind, content in attachments
    ]
    form = {
        "customer": customer.pk,
        "name": customer.name,
        "email": customer.email,
        "ticket": ticket and ticket.number,
        "subject": storable(" ".join(subject.split())) if not ticket else ticket.subject,
        "text": storable(text.replace("\r\n", "\n").strip()),
        "severity": severity,
        "language": customer.language,
        "attachments": enclosed,
    }
    row = keep(
        Delivered(
            raw=json.dumps(form, ensure_ascii=False).encode(),
            channel="portal",
            source="portal",
            at=now,
            mailbox_id=mailbox and mailbox.pk,
            remote=remote,
            key=f"portal:{customer.pk}:{key}"[:120] if key else "",
        )
    )
    if row.due_at is not None:
        take_in([row], now)
    row.refresh_from_db()
    return row.message


def _check(text, subject, ticket):
    if not is_open("portal"):
        raise ValidationError(_("Writing here is closed at the moment. Please write to us by mail."))
    wrong = {}
    if ticket is None and not subject.strip():
        wrong["subject"] = _("Say in a few words what it is about.")
    if not text.strip():
        wrong["text"] = _("Write what happened.") if ticket is None else _("Write a few words.")
    if wrong:
        raise ValidationError(wrong)
