"""Trying a mail server with the settings on the page, and saying in a sentence what it answered."""

import imaplib
import ssl
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from ombud.foundation.post.servers import Server, trust
from ombud.foundation.post.wire import Connection, Unreachable

PATIENCE = 10  # seconds; somebody is looking at the page


class Answer(NamedTuple):
    """Whether it worked, and the sentence."""

    worked: bool
    words: str


def try_smtp(*, host, port, security, user, password, our_name):
    """Greet the outgoing server and sign in; nothing is sent."""
    if not host:
        return Answer(False, _("Write the name of the outgoing server first."))
    try:
        Connection(Server(host, port, security, user, password), our_name).close()
    except Unreachable as trouble:
        return Answer(False, str(trouble))
    if user:
        return Answer(
            True, _("%(host)s let us in as %(user)s. Mail can leave.") % {"host": host, "user": user}
        )
    return Answer(True, _("%(host)s answered and asks for no password. Mail can leave.") % {"host": host})


def try_imap(*, host, port, security, user, password, folder):
    """Sign in at the incoming server and look into the folder; nothing is fetched or marked."""
    if not host:
        return Answer(False, _("Write the name of the incoming server first."))
    where = {"host": host, "port": port, "user": user, "folder": folder}
    try:
        with _open(host, port, security) as box:
            box.login(user, password, initial_folder=None)
            count = box.folder.status(folder).get("MESSAGES", 0)
    except ssl.SSLError as trouble:
        words = _(
            "No secure connection to %(host)s (%(why)s). Check the port, the security and the certificate."
        )
        return Answer(False, words % {**where, "why": trouble.reason or trouble})
    except (ImapToolsError, imaplib.IMAP4.error) as trouble:
        words = _("%(host)s answered, but did not let %(user)s look into %(folder)s (%(why)s).")
        return Answer(False, words % {**where, "why": _short(trouble)})
    except OSError as trouble:
        words = _("%(host)s, port %(port)s, cannot be reached (%(why)s).")
        return Answer(False, words % {**where, "why": _short(trouble)})
    words = ngettext(
        "%(host)s let us in as %(user)s. There is %(count)s message in %(folder)s.",
        "%(host)s let us in as %(user)s. There are %(count)s messages in %(folder)s.",
        count,
    )
    return Answer(True, words % {**where, "count": count})


def _open(host, port, security):
    if security == "tls":
        return MailBox(host, port, timeout=PATIENCE, ssl_context=trust())
    if security == "starttls":
        return MailBoxStartTls(host, port, timeout=PATIENCE, ssl_context=trust())
    return MailBoxUnencrypted(host, port, timeout=PATIENCE)


def _short(trouble):
    return (
        " ".join(str(getattr(trouble, "strerror", None) or trouble).split())[:200] or type(trouble).__name__
    )
