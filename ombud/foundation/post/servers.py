"""Which mail server carries a mailbox's letters."""

import ssl
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from ombud.foundation.people.models import Company

from . import secrets

DEFAULT_PORTS = {"none": 25, "starttls": 587, "tls": 465}


class WrongAddress(ValueError):
    """OMBUD_SMTP_URL is not understood; the text says how to write it."""


@dataclass(frozen=True)
class Server:
    """An outgoing server, and how to greet it. Two mailboxes with equal settings share a connection."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = field(default="", repr=False)


def server_of(mailbox):
    """The mailbox's own server, else the installation's (OMBUD_SMTP_URL), else None: letters are kept.

    A demo desk has invented customers, so the installation's server never carries its letters.

    Raises secrets.LostKey when the mailbox's password cannot be read, WrongAddress for a wrong address.
    """
    if mailbox.smtp_host:
        password = secrets.decrypt(mailbox.smtp_password)
        return Server(
            mailbox.smtp_host, mailbox.smtp_port, mailbox.smtp_security, mailbox.smtp_user, password
        )
    if not settings.SMTP_URL or _is_demo():
        return None
    return read_url(settings.SMTP_URL)


def _is_demo():
    company = Company.ours()
    return bool(company and company.is_demo)


def read_url(url):
    """The server in `smtp://user:password@host:port?security=starttls` (or none, tls; `smtps://` is tls)."""
    try:
        parts = urlsplit(url)
        otherwise = "tls" if parts.scheme == "smtps" else "starttls" if parts.username else "none"
        security = parse_qs(parts.query).get("security", [otherwise])[0]
        port = parts.port or DEFAULT_PORTS[security]
    except (ValueError, KeyError):
        parts = None
    known = parts and parts.scheme in ("smtp", "smtps") and security in DEFAULT_PORTS
    if not known or not parts.hostname:
        raise WrongAddress(
            "OMBUD_SMTP_URL is written smtp://user:password@host:port?security=starttls (or none, or tls)"
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.hostname, port, security, user, password)


def trust():
    """The certificate authorities of this machine; SSL_CERT_FILE names others."""
    return ssl.create_default_context()
