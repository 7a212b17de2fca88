"""Somebody filled in the form."""

import json
from dataclasses import asdict

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ombud.features.channels.arrival.keeping import Delivered, keep, storable
from ombud.features.channels.arrival.work import take_in
from ombud.features.channels.queries import is_open
from ombud.lib import files
from ombud.lib.mail import clean_address
from ombud.spine.tickets.said import Enclosed

EACH_HOST = 20  # forms from one network address within ten minutes; an office shares one
WINDOW = 600  # seconds


def accept(
    *, name, email, subject, text, now, attachments=(), mailbox=None, language="", remote="", trap="", key=""
):
    """Store a form and take it in; answers with its ticket.

    `attachments` are (name, content type, bytes). `key` is the form's own, so that sending it twice opens one
    ticket. Raises ValidationError, by field, with a sentence. None when it is stored and no ticket yet: it is
    put aside (`trap`, the field that no person sees, was filled in; the sender is blocked), or tried again
    soon. The person who wrote is thanked either way.
    """
    _check(name, email, subject, text, remote)
    enclosed = [
        asdict(Enclosed(name, kind, len(content), files.keep(content))) for name, kind, content in attachments
    ]
    form = {
        "name": storable(name.strip()),
        "email": clean_address(email),
        "subject": storable(" ".join(subject.split())),
        "text": storable(text.strip()),
        "language": language,
        "trap": trap,
        "attachments": enclosed,
    }
    row = keep(
        Delivered(
            raw=json.dumps(form, ensure_ascii=False).encode(),
            channel="web_form",
            source="form",
            at=now,
            mailbox_id=mailbox and mailbox.pk,
            remote=remote,
            key=f"form:{key}"[:120] if key else "",
        )
    )
    if row.due_at is not None:
        take_in([row], now)
    row.refresh_from_db()
    return row.message.ticket if row.message else None


def _check(name, email, subject, text, remote):
    if not is_open("web_form"):
        raise ValidationError(_("The form is closed at the moment. Please write to us by mail."))
    wrong = {}
    if clean_address(email) is None:
        wrong["email"] = _("Write a whole address, such as name@example.com: we answer there.")
    if not subject.strip():
        wrong["subject"] = _("Say in a few words what it is about.")
    if not text.strip():
        wrong["text"] = _("Write what happened.")
    if wrong:
        raise ValidationError(wrong)
    if remote and _how_many(remote) > EACH_HOST:
        raise ValidationError(
            _(
                "Very many forms came from your network just now. Nothing was sent; please try again in ten"
                " minutes."
            )
        )


def _how_many(remote):
    key = f"web_form:{remote}"
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out in this very moment
        return 1
