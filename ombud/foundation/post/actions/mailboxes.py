"""Keeping mailboxes, and writing down how fetching went."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.post import events, queries, secrets
from ombud.foundation.post.models import Letter, Mailbox

_HOST = re.compile(r"(?=.{1,253}\Z)[^\W_](?:[\w.-]*[^\W_])?\Z|\[?[0-9a-fA-F:.]+\]?\Z")
_SECRET = ("smtp_password", "imap_password")
_FETCH = ("imap_seen", "imap_error", "fetch_at")  # written by `fetched` only
_FIELDS = {field.name for field in Mailbox._meta.concrete_fields}.difference(("id", *_FETCH))
_OTHER_POST = {"imap_host", "imap_user", "imap_folder"}  # what was seen there says nothing any more
_FETCH_AT_ONCE = _OTHER_POST | {"imap_port", "imap_security", "imap_password", "archived_at"}


@transaction.atomic
def keep_mailbox(*, mailbox=None, by, now, **fields):
    """Make a mailbox, or change one. Passwords come in plain and are stored encrypted.

    There is one default mailbox, always: the first one made, until another is made it. Raises ValidationError
    with a sentence per field that is wrong; nothing is changed then.
    """
    unknown = set(fields) - _FIELDS
    if unknown:
        raise TypeError(f"a mailbox has no {sorted(unknown)}")
    mailbox = mailbox or Mailbox()
    was = {field: getattr(mailbox, field) for field in fields}
    for field, value in fields.items():
        setattr(mailbox, field, _stored(field, value))
    try:
        _check(mailbox, was)
    except ValidationError:
        for field, value in was.items():
            setattr(mailbox, field, value)
        raise
    _settle_default(mailbox)
    changed = sorted(field for field in fields if mailbox.pk is None or was[field] != getattr(mailbox, field))
    if mailbox.pk is None:
        mailbox.fetch_at = now if mailbox.imap_host else None
        mailbox.save()
    else:
        mailbox.save(update_fields=[*changed, *_fetch_anew(mailbox, changed, now)])
        _send_anew(mailbox, changed, now)
    events.MAILBOX_CHANGED.record(by=by, now=now, mailbox=mailbox.pk, fields=changed)
    return mailbox


def lease_fetches(now, until):
    """Take the mailboxes whose mail is to be fetched, until a time; they come back if we die."""
    return Mailbox.objects.filter(archived_at=None).lease(now, until)


def fetched(mailbox, *, again_at, error="", seen=None):
    """Write down how fetching went: what was seen (uidvalidity, last uid), what went wrong, when again."""
    mailbox.fetch_at, mailbox.imap_error = again_at, error
    changed = ["fetch_at", "imap_error"]
    if seen is not None:
        mailbox.imap_seen = seen
        changed.append("imap_seen")
    # A mailbox that was switched off while it was being fetched stays off.
    Mailbox.objects.filter(pk=mailbox.pk, fetch_at__isnull=False).update(
        **{field: getattr(mailbox, field) for field in changed}
    )


def _stored(field, value):
    if field in _SECRET:
        return secrets.encrypt(value)
    if field == "address":
        return value.strip().lower()
    return value.strip() if isinstance(value, str) and field != "signature" else value


def _check(mailbox, was):
    wrong = {}
    if problem := _wrong_address(mailbox):
        wrong["address"] = problem
    for wire in ("smtp", "imap"):
        wrong.update(_wrong_server(mailbox, wire))
    if was.get("is_default") and not mailbox.is_default:
        wrong["is_default"] = _("One mailbox must be the default. Make another one the default instead.")
    if mailbox.is_default and mailbox.archived_at:
        wrong["archived_at"] = _("This is the default mailbox. Make another one the default first.")
    if wrong:
        raise ValidationError(wrong)


def _wrong_address(mailbox):
    try:
        validate_email(mailbox.address)
    except ValidationError:
        return _("Write a whole address, such as support@example.com.")
    if "+" in mailbox.address.partition("@")[0]:
        return _("Write the address without a “+” part: what stands behind it tells tickets apart.")
    if Mailbox.objects.filter(address=mailbox.address).exclude(pk=mailbox.pk).exists():
        return _("There is already a mailbox with this address.")
    return None


def _wrong_server(mailbox, wire):
    """Sentences about an outgoing or incoming server, by field; none when there is no such server."""
    host, port, security, user, password = (
        getattr(mailbox, f"{wire}_{part}") for part in ("host", "port", "security", "user", "password")
    )
    if not host:
        return
    if not _HOST.match(host):
        yield f"{wire}_host", _("Write only the server’s name, such as mail.example.com.")
    if not isinstance(port, int) or not 0 < port < 65536:
        yield f"{wire}_port", _("A port is a number from 1 to 65535.")
    if security not in Mailbox.Security.values:
        yield f"{wire}_security", _("Choose how the connection is secured.")
    if password and not user:
        yield f"{wire}_user", _("Write the user to whom this password belongs.")
    if user and not password:
        yield f"{wire}_password", _("Write this user’s password.")
    if wire == "imap" and not user:
        yield "imap_user", _("Write the user whose mail is fetched.")


def _settle_default(mailbox):
    """One default: the first mailbox is it, and a new one takes it over from the old."""
    if queries.default_mailbox() is None and not mailbox.archived_at:
        mailbox.is_default = True
    if mailbox.is_default:
        Mailbox.objects.filter(is_default=True).exclude(pk=mailbox.pk).update(is_default=False)


def _fetch_anew(mailbox, changed, now):
    """Another incoming server, or none: begin from the start, now, or stop."""
    if not _FETCH_AT_ONCE.intersection(changed):
        return []
    if _OTHER_POST.intersection(changed):
        mailbox.imap_seen = {}
    mailbox.imap_error = ""
    mailbox.fetch_at = now if mailbox.imap_host and not mailbox.archived_at else None
    return _FETCH


def _send_anew(mailbox, changed, now):
    """With new settings, letters that were set back are tried at once."""
    if any(field.startswith("smtp_") for field in changed):
        Letter.objects.filter(
            mailbox=mailbox, state=Letter.State.WAITING, leased_at=None, attempts__gt=0
        ).update(due_at=now)
