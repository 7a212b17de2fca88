"""Putting a letter into the post, taking it back, trying a dead one again."""

import hashlib
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ombud.foundation.events.models import Case
from ombud.foundation.post import events, queries
from ombud.foundation.post.models import Letter, Mailbox
from ombud.lib.mail.addresses import clean_address
from ombud.lib.mail.tokens import reply_address

NO_HOLD = timedelta(0)


class TooLate(Exception):
    """The letter has left, or is just leaving."""


@dataclass(frozen=True)
class Outgoing:
    """One finished letter to be sent.

    `key` says which effect it is. People are `[name, address]`; `mailbox=None` is the default mailbox; it
    leaves when `hold` is over; `attachments` are dicts of name, content_type, sha256, size, inline and
    content_id.
    """

    key: str
    case: Case | None
    mailbox: Mailbox | None
    kind: str
    to: Sequence
    subject: str
    text: str
    html: str
    cc: Sequence = ()
    bcc: Sequence = ()
    hold: timedelta = NO_HOLD
    in_reply_to: str = ""
    references: Sequence = ()
    reply_token: str = ""
    from_name: str = ""
    headers: dict | None = None
    attachments: Sequence = ()


def send(*, now, **outgoing):
    """Put a finished letter into the post; it leaves when `hold` is over and can be taken back until then.

    See `Outgoing` for all that can be said. The row is written in the caller's transaction. The same key
    answers with the letter that is there already, and its Message-ID never changes. Raises ValidationError
    when nobody, or an address that is none, would get it.
    """
    outgoing = Outgoing(**outgoing)
    letter, _new = Letter.objects.get_or_create(key=outgoing.key, defaults=_columns(outgoing, now))
    return letter


@transaction.atomic
def send_many(outgoing, *, now):
    """`send` for many letters, with few statements: a letter for each, in the same order."""
    letters = Letter.objects.in_bulk([one.key for one in outgoing], field_name="key")
    fresh = {one.key: one for one in outgoing if one.key not in letters}
    made = Letter.objects.bulk_create(Letter(key=key, **_columns(one, now)) for key, one in fresh.items())
    letters |= {letter.key: letter for letter in made}
    return [letters[one.key] for one in outgoing]


def _columns(outgoing, now):
    mailbox = outgoing.mailbox or queries.default_mailbox()
    if mailbox is None:
        raise ValidationError(_("There is no mailbox to send from. Add one under Settings, Mailboxes."))
    to, cc, bcc = _people(outgoing.to), _people(outgoing.cc), _people(outgoing.bcc)
    if not (to or cc or bcc):
        raise ValidationError(_("Say who this goes to: there is no address yet."))
    return {
        "case": outgoing.case,
        "mailbox": mailbox,
        "kind": outgoing.kind,
        "message_id": message_id(outgoing.key, mailbox.domain, outgoing.reply_token),
        "in_reply_to": outgoing.in_reply_to,
        "references": list(outgoing.references),
        "reply_to": _answers_to(mailbox, outgoing.reply_token),
        "from_name": outgoing.from_name or mailbox.name,
        "to": to,
        "cc": cc,
        "bcc": bcc,
        "subject": outgoing.subject,
        "text": outgoing.text,
        "html": outgoing.html,
        "headers": {**_automatic(outgoing.kind), **(outgoing.headers or {})},
        "attachments": list(outgoing.attachments),
        "created_at": now,
        "due_at": now + outgoing.hold,
    }


def message_id(key, domain, reply_token=""):
    """The one Message-ID of an effect; with a token in it, so that an answer is known by its References."""
    digest = hashlib.sha256(f"ombud letter {key}".encode()).digest()
    mark = b32encode(digest).decode("ascii").lower()[:20]
    return f"<{reply_token}.{mark}@{domain}>" if reply_token else f"<{mark}@{domain}>"


@transaction.atomic
def take_back(letter, *, by, now):
    """Stop a letter that nobody has begun to send. Raises TooLate."""
    held = Letter.objects.filter(pk=letter.pk, state=Letter.State.WAITING, leased_at=None)
    untouched = held.filter(repeated=False, accepted=[])
    if not untouched.update(state=Letter.State.TAKEN_BACK, due_at=None):
        raise TooLate(_("This mail has already left."))
    letter.refresh_from_db(fields=["state", "due_at"])
    events.LETTER_TAKEN_BACK.record(case=letter.case_id, by=by, now=now, letter=letter.pk)


@transaction.atomic
def retry(letter, *, by, now):
    """Put a dead letter, or one that was kept for want of a mail server, into the post (again).

    Those who have it already do not get it twice. Raises ValidationError when it is neither.
    """
    stuck = Letter.objects.filter(Q(state=Letter.State.DEAD) | Q(state=Letter.State.KEPT), pk=letter.pk)
    if not stuck.update(state=Letter.State.WAITING, due_at=now, attempts=0, sent_at=None):
        raise ValidationError(_("This mail is not stuck: it is on its way, or has left."))
    letter.refresh_from_db(fields=["state", "due_at", "attempts", "sent_at"])
    events.LETTER_RETRIED.record(case=letter.case_id, by=by, now=now, letter=letter.pk)


def _answers_to(mailbox, reply_token):
    if reply_token and mailbox.plus_addressing:
        return reply_address(mailbox.address, reply_token)
    return ""


def _people(people):
    """[name, address] each, once per address; ValidationError for an address nobody can write to."""
    found = {}
    for name, address in people:
        clean = clean_address(address)
        if clean is None:
            raise ValidationError(
                _("“%(address)s” is not a mail address. Nothing was sent."), params={"address": address}
            )
        found.setdefault(clean.lower(), [name, clean])
    return list(found.values())


# RFC 3834: so that no machine answers a machine. What a person wrote carries none of these.
_SUBMITTED = {"acknowledgement": "auto-replied", "notice": "auto-generated"}


def _automatic(kind):
    if kind not in _SUBMITTED:
        return {}
    return {"Auto-Submitted": _SUBMITTED[kind], "X-Auto-Response-Suppress": "All"}
