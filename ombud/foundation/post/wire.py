"""One connection to a mail server, and what it said about a letter."""

import smtplib
import ssl
import time
from base64 import b64encode
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .servers import trust

PATIENCE = 30  # seconds for a connection and for each answer of the server
PATIENCE_WITH_WORDS = (
    180  # a server may look through a mail before it says yes; hanging up then sends it twice
)
PATIENCE_FOR_ALL = 120  # for naming all recipients; with the words it stays below a letter's lease
TRANSPORT = (OSError, smtplib.SMTPException)


class TooSlow(smtplib.SMTPException):
    """The server answers, but so slowly that the letter would not be through before its lease is over."""

    def __str__(self):
        return _("it answers too slowly")


class Unreachable(Exception):
    """The server could not be reached or did not want us; it says nothing about the letters."""


@dataclass
class Verdict:
    """What became of one attempt, by address: `taken`, or with the reason `later` or `never`."""

    taken: list = field(default_factory=list)
    later: dict = field(default_factory=dict)
    never: dict = field(default_factory=dict)
    unsure: bool = False  # the connection broke after the words: the server may have taken them
    broken: bool = False  # the connection is of no use for the next letter


class Connection:
    """A greeted server. Use it for many letters, then close it."""

    def __init__(self, server, our_name):
        self.server = server
        try:
            self._smtp = self._open(our_name)
        except (*TRANSPORT, UnicodeError) as error:
            raise Unreachable(_why_not(server, error)) from error

    def _open(self, our_name):
        kind = smtplib.SMTP_SSL if self.server.security == "tls" else smtplib.SMTP
        options = {"context": trust()} if kind is smtplib.SMTP_SSL else {}
        smtp = kind(self.server.host, self.server.port, local_hostname=our_name, timeout=PATIENCE, **options)
        try:
            smtp.ehlo_or_helo_if_needed()
            if self.server.security == "starttls":
                smtp.starttls(context=trust())
                smtp.ehlo()
            if self.server.user:
                _sign_in(smtp, self.server.user, self.server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def hand_over(self, sender, recipients, content):
        """Offer one letter to the server for all these addresses; never raises for what a server may do."""
        verdict = Verdict()
        try:
            if self._announce(sender, recipients, content, verdict):
                self._say(content, verdict)
        except (*TRANSPORT, ValueError) as error:
            verdict.broken = True
            reason = _("The connection broke (%s).") % (str(error) or type(error).__name__)
            verdict.later = _all(recipients, verdict, reason)
            verdict.taken = []
        return verdict

    def _announce(self, sender, recipients, content, verdict):
        """MAIL and RCPT; says whether anybody is left to whom the words may be said."""
        code, answer = self._mail(sender, recipients, content)
        if code != 250:
            return self._refuse(code, answer, recipients, verdict)
        until = time.monotonic() + PATIENCE_FOR_ALL
        for address in recipients:
            if time.monotonic() > until:
                raise TooSlow
            code, answer = self._smtp.rcpt(_on_the_wire(address))
            if code in (250, 251):
                verdict.taken.append(address)
            elif code == 421:
                return self._refuse(code, answer, recipients, verdict)
            else:
                (verdict.later if code < 500 else verdict.never)[address] = _said(code, answer)
        if not verdict.taken:
            self._smtp.rset()
        return bool(verdict.taken)

    def _mail(self, sender, recipients, content):
        options = [f"SIZE={len(content)}"] if self._smtp.has_extn("size") else []
        if not all(_on_the_wire(address).isascii() for address in (sender, *recipients)):
            if not self._smtp.has_extn("smtputf8"):
                return 553, _("the server takes only plain letters in addresses").encode()
            options.append("SMTPUTF8")
        if not content.isascii() and self._smtp.has_extn("8bitmime"):
            options.append("BODY=8BITMIME")
        return self._smtp.mail(_on_the_wire(sender), options)

    def _say(self, content, verdict):
        self._patience(PATIENCE_WITH_WORDS)
        verdict.unsure = True
        try:
            code, answer = self._smtp.data(content)
        except smtplib.SMTPDataError as error:  # it did not want to hear them
            code, answer = error.smtp_code, error.smtp_error
        verdict.unsure = False
        self._patience(PATIENCE)
        if code != 250:
            self._refuse(code, answer, verdict.taken, verdict)

    def _refuse(self, code, answer, addresses, verdict):
        """A no to the whole letter."""
        box = verdict.later if code < 500 else verdict.never
        for address in list(addresses):
            if address not in verdict.later and address not in verdict.never:
                box[address] = _said(code, answer)
        verdict.taken = []
        if code == 421:
            verdict.broken = True
        else:
            self._smtp.rset()
        return False

    def _patience(self, seconds):
        if self._smtp.sock is not None:
            self._smtp.sock.settimeout(seconds)

    def close(self):
        """Say goodbye, if anybody still listens."""
        try:
            self._smtp.quit()
        except TRANSPORT:
            self._smtp.close()


def _sign_in(smtp, user, password):
    """smtplib's own login knows plain letters only; a password may hold others (RFC 4616)."""
    if f"{user}{password}".isascii():
        smtp.login(user, password)
        return
    words = b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
    code, answer = smtp.docmd("AUTH", f"PLAIN {words}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, answer)


def _why_not(server, error):
    """A sentence for the person who keeps the mailbox's settings."""
    about = {"host": server.host, "port": server.port, "why": str(error) or type(error).__name__}
    if isinstance(error, smtplib.SMTPResponseException):
        about["answer"] = _said(error.smtp_code, error.smtp_error)
    match error:
        case smtplib.SMTPAuthenticationError():
            words = _("%(host)s does not accept the user and password of this mailbox (%(answer)s).")
        case UnicodeError():
            words = _("“%(host)s” is not the name of a server.")
        case ssl.SSLError():
            words = _("No secure connection to %(host)s (%(why)s). Check port, security and certificate.")
        case smtplib.SMTPNotSupportedError():
            words = _("%(host)s does not offer what this mailbox asks for (%(why)s).")
        case smtplib.SMTPResponseException():
            words = _("%(host)s turned us away: %(answer)s")
        case _other:
            words = _("%(host)s, port %(port)s, cannot be reached (%(why)s).")
    return words % about


def _all(recipients, verdict, reason):
    decided = set(verdict.later) | set(verdict.never)
    return {**verdict.later, **{address: reason for address in recipients if address not in decided}}


def _said(code, answer):
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return f"{code} {' '.join(words.split())[:300]}"


def _on_the_wire(address):
    local, _at, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return address
