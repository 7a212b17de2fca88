"""IMAP: mail is fetched from the mailboxes that name a server."""

import imaplib
import logging
import ssl
from datetime import timedelta

from django.db import transaction
from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from ombud.features.channels.arrival.keeping import Delivered, write_rows
from ombud.features.channels.queries import is_open
from ombud.foundation.post import actions as post
from ombud.foundation.post import secrets
from ombud.foundation.post.models import Mailbox
from ombud.lib import files

logger = logging.getLogger(__name__)
EVERY = timedelta(seconds=60)
LONGEST = timedelta(minutes=10)  # how long a server that does not answer is left in peace
LEASE = timedelta(minutes=15)  # longer than one round takes; then somebody else may try
AT_ONCE = 200  # mails of one mailbox in one round, so that nobody waits for another's flood
TIMEOUT = 30  # seconds without an answer
TRIES = 3  # a mail that the server cannot hand out is asked for that often
# What a strange server, or the network before it, may do to us.
TROUBLE = (OSError, ImapToolsError, imaplib.IMAP4.error, ValueError, secrets.LostKey)


def fetch_due(now):
    """Fetch from every mailbox that is due; says how many were asked."""
    mailboxes = post.lease_fetches(now, now + LEASE)
    for mailbox in mailboxes:
        fetch(mailbox, now)
    return len(mailboxes)


def fetch(mailbox, now):
    """One round with one mailbox. What went wrong is written on it, and it is tried again later."""
    if not is_open("email"):
        post.fetched(mailbox, again_at=now + EVERY)
        return
    seen = dict(mailbox.imap_seen)
    try:
        with _connected(mailbox) as server:
            seen, error, more = _take(mailbox, server, seen, now)
    except TROUBLE as trouble:
        failures = seen.get("failures", 0) + 1
        wait = min(EVERY * 2 ** (failures - 1), LONGEST) if failures < 10 else LONGEST
        post.fetched(
            mailbox, again_at=now + wait, error=sentence(trouble), seen={**seen, "failures": failures}
        )
        return
    post.fetched(mailbox, again_at=now if more else now + EVERY, error=error, seen=seen)


def sentence(trouble):
    """What went wrong, for the administrator."""
    if isinstance(trouble, secrets.LostKey):
        return "The password cannot be read with this installation's key; write it again."
    if isinstance(trouble, TimeoutError):
        return "The server does not answer."
    if isinstance(trouble, ssl.SSLError):
        return f"The connection could not be secured: {trouble.reason or trouble}"
    text = str(trouble) or type(trouble).__name__
    return f"Mail could not be fetched: {text}"[:500]


def _connected(mailbox):
    host, port = mailbox.imap_host, mailbox.imap_port
    if mailbox.imap_security == Mailbox.Security.TLS:
        server = MailBox(host, port, timeout=TIMEOUT)
    elif mailbox.imap_security == Mailbox.Security.STARTTLS:
        server = MailBoxStartTls(host, port, timeout=TIMEOUT)
    else:
        server = MailBoxUnencrypted(host, port, timeout=TIMEOUT)
    return server.login(
        mailbox.imap_user, secrets.decrypt(mailbox.imap_password), initial_folder=mailbox.imap_folder
    )


def _take(mailbox, server, seen, now):
    """(what was seen, what went wrong, whether more waits) after taking new mails one by one.

    The first time only unread mail is taken: nobody wants ten years of answered mail as new tickets. From
    then on everything that is new, read or not.
    """
    validity = server.folder.status(mailbox.imap_folder, ["UIDVALIDITY"])["UIDVALIDITY"]
    first = not seen.get("uidvalidity")
    if seen.get("uidvalidity") != validity:
        # The server has renumbered its mails; copies of those we have are known by their Message-ID.
        seen = {"uidvalidity": validity, "last": 0, "tries": {}}
    seen.pop("failures", None)
    last = seen["last"]
    found = server.uids("UNSEEN" if first else f"UID {last + 1}:*")
    uids = sorted(uid for uid in map(int, found) if uid > last)
    again = sorted(int(uid) for uid in seen["tries"] if int(uid) <= last)
    error = ""
    for uid in (*again, *uids[:AT_ONCE]):
        seen, trouble = _take_one(mailbox, server, uid, seen, now)
        error = trouble or error
    if first and len(uids) <= AT_ONCE:
        seen = {**seen, "last": max(seen["last"], _newest(server))}
    return seen, error, len(uids) > AT_ONCE


def _newest(server):
    uids = server.uids("ALL")
    return max(map(int, uids), default=0)


def _take_one(mailbox, server, uid, seen, now):
    """Store one mail, and in the same commit that it was seen. One that cannot be had stops no other."""
    after = {**seen, "last": max(seen["last"], uid), "tries": dict(seen["tries"])}
    try:
        raw = _raw(server, uid)
    except TROUBLE as trouble:
        if isinstance(trouble, (OSError, imaplib.IMAP4.abort)):
            raise
        return _given_up(after, uid, trouble)
    after["tries"].pop(str(uid), None)
    sha256 = files.keep(raw)
    with transaction.atomic():
        write_rows(
            [
                (
                    Delivered(
                        raw=raw,
                        channel="email",
                        source="imap",
                        at=now,
                        mailbox_id=mailbox.pk,
                        envelope_to=[mailbox.address],
                        key=f"imap:{mailbox.pk}:{after['uidvalidity']}:{uid}",
                    ),
                    sha256,
                )
            ]
        )
        post.fetched(mailbox, again_at=mailbox.fetch_at, seen=after)
    return after, ""


def _raw(server, uid):
    _status, answer = server.client.uid("fetch", str(uid), "(BODY.PEEK[])")
    for part in answer or ():
        if isinstance(part, tuple) and len(part) > 1:
            return bytes(part[1])
    raise ValueError(f"the server does not hand out mail number {uid}")


def _given_up(after, uid, trouble):
    tries = after["tries"].get(str(uid), 0) + 1
    if tries >= TRIES:
        after["tries"].pop(str(uid), None)
        logger.error("mail %s on the server could not be fetched and is left there: %s", uid, trouble)
        return after, f"Mail number {uid} is left on the server, it cannot be fetched: {trouble}"
    after["tries"][str(uid)] = tries
    return after, f"Mail number {uid} could not be fetched; it is tried again: {trouble}"
