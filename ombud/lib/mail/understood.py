"""What a mail says: one look at its bytes, and everything a support desk wants to know about it."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from ombud.lib.mail import bodies
from ombud.lib.mail.addresses import Address, clean_address, read_addresses
from ombud.lib.mail.attached import Part, attached
from ombud.lib.mail.bounces import Bounce, bounce_in
from ombud.lib.mail.dates import read_date
from ombud.lib.mail.forwards import Forwarded, forwarded_in
from ombud.lib.mail.headers import Headers, split
from ombud.lib.mail.html import sanitise
from ombud.lib.mail.html_quotes import without_quote
from ombud.lib.mail.ids import first_id, references
from ombud.lib.mail.language import language_of
from ombud.lib.mail.parts import leaves
from ombud.lib.mail.quotes import Split
from ombud.lib.mail.robots import why_automatic
from ombud.lib.mail.spam import Spam, spam_verdict
from ombud.lib.mail.threads import subject_core

# More than any mail server passes on; the mailbox's own limit is smaller and decided at the door.
MAX_SIZE = 200 * 1024 * 1024


class NotUnderstood(ValueError):
    """A mail of which nothing useful can be said; the text is the sentence for whoever looks after it."""


@dataclass(frozen=True)
class Understood:
    """A mail as Ombud sees it. What costs time is worked out when first asked for, and once."""

    from_: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    subject: str
    message_id: str | None
    in_reply_to: str | None
    references: tuple[str, ...]
    date: datetime | None
    text: str
    attachments: tuple[Part, ...]
    auto_reply: bool
    bounce: Bounce | None
    spam: Spam
    delivered_to: tuple[str, ...]
    list_id: str | None
    size: int
    headers: Headers = field(repr=False)
    _html: str = field(repr=False)
    _clean_html: str | None = field(repr=False)
    _reasons: tuple[str, ...] = field(repr=False)
    _enclosed: tuple[bytes, ...] = field(repr=False)

    def header(self, name: str) -> str:
        """Any header by its name, decoded, as one line; empty if it is not there."""
        return self.headers.text(name.lower())

    @cached_property
    def html(self) -> str | None:
        """The HTML body made harmless: see `html.sanitise`. None if the mail has none."""
        if self._clean_html is not None:
            return self._clean_html or None
        return (sanitise(self._html) or None) if self._html else None

    @cached_property
    def is_reply(self) -> bool:
        """True if headers or subject say that this answers an earlier message."""
        return bool(self.references) or len(subject_core(self.subject)) < len(" ".join(self.subject.split()))

    @cached_property
    def _html_split(self):
        return without_quote(self.html) if self.html else None

    @cached_property
    def _split(self) -> Split:
        return bodies.split_of(
            self.text, self._html_split, is_reply=self.is_reply, derived=self._clean_html is not None
        )

    @property
    def reply_text(self) -> str:
        """What the person wrote now, without quotes and signature. Empty only if the mail has no text."""
        return self._split.reply

    @property
    def quoted_text(self) -> str:
        """What was quoted or forwarded, as it stands in the mail."""
        return self._split.quoted

    @property
    def signature(self) -> str:
        """What stands below `-- ` or is added by a telephone."""
        return self._split.signature

    @cached_property
    def reply_html(self) -> str | None:
        """The harmless HTML without its quoted part; None if there is none or it cannot be told."""
        return self._html_split.reply if self._html_split else None

    @cached_property
    def forwarded(self) -> Forwarded | None:
        """The mail that a person passed on with this one, in its body or as its only enclosed mail."""
        if self.bounce:
            return None
        found = forwarded_in(self.text, self._split, self.subject)
        if found or not self._enclosed:
            return found
        try:
            inner = understand(self._enclosed[0], depth=1)
        except NotUnderstood:
            return None
        sender = inner.from_[0] if inner.from_ else None
        return Forwarded(sender, inner.subject, inner.date.isoformat() if inner.date else "", inner.text)

    @cached_property
    def language(self) -> str | None:
        """Two letters, or None if the new text is too short to tell."""
        return language_of(self.reply_text) or language_of(f"{self.subject}\n{self.reply_text}")

    @cached_property
    def why(self) -> tuple[str, ...]:
        """Short English sentences on what was decided here and could have been decided otherwise."""
        reasons = [*self._reasons, self._split.why]
        if self.forwarded:
            reasons.append("It passes on a mail that somebody else wrote.")
        if self.language:
            reasons.append(f"Its words are of the language {self.language}.")
        return tuple(dict.fromkeys(filter(None, reasons)))


def understand(raw: bytes, *, depth: int = 0) -> Understood:
    """Read a whole mail. Raises NotUnderstood if it is empty, has no sender at all, or is over the limits.

    `depth` counts how many mails enclose this one.
    """
    why = []
    headers, content = _opened(raw, why)
    found = leaves(headers, content, why)
    body = bodies.read_bodies(found, why)
    subject = headers.text("subject")[:2_000]
    people = _people(headers, why)
    sender = people["from_"][0].address if people["from_"] else ""
    bounce, bounce_why = bounce_in(headers, found, body.text, subject, sender)
    if not sender and not bounce:
        raise NotUnderstood(
            "The mail names no sender: neither From nor Sender, Reply-To or Return-Path has an address."
        )
    automatic = why_automatic(headers, subject, sender or "<>")
    spam = spam_verdict(headers)
    in_reply_to, ancestors = references(headers, why)
    why += filter(None, (bounce_why, automatic, spam.why))
    return Understood(
        **people,
        subject=subject,
        message_id=first_id(headers.raw("message-id")),
        in_reply_to=in_reply_to,
        references=ancestors,
        date=read_date(headers.raw("date")),
        text=body.text,
        attachments=tuple(attached(body)),
        auto_reply=bool(automatic or bounce),
        bounce=bounce,
        spam=spam,
        delivered_to=_delivered_to(headers),
        list_id=_list_id(headers),
        size=len(raw),
        headers=headers,
        _html=body.html,
        _clean_html=body.clean_html,
        _reasons=tuple(why),
        _enclosed=_only_enclosed(body, depth),
    )


def _opened(raw, why):
    """The headers of a mail and the bytes behind them. Raises NotUnderstood for what cannot be a mail."""
    if len(raw) > MAX_SIZE:
        raise NotUnderstood(f"The mail is larger than {MAX_SIZE // 1024 // 1024} MB.")
    start = raw[:4096].lstrip(b"\r\n \t\x00\xef\xbb\xbf")
    if not start:
        raise NotUnderstood("The mail is empty.")
    message = raw[min(len(raw), 4096) - len(start) :] if len(start) < min(len(raw), 4096) else raw
    if b"\n" not in message[:65_536] and b"\r" in message[:65_536]:
        message = message.replace(b"\r", b"\n")
        why.append("Its lines end in bare carriage returns.")
    headers, body_at, odd = split(message)
    why += odd
    return headers, message[body_at:]


def _people(headers, why):
    """Who it is from, and to whom it and its answers go."""
    senders, lost = _senders(headers, why)
    people = {"from_": senders}
    for field_, name in (("to", "to"), ("cc", "cc"), ("reply_to", "reply-to")):
        people[field_], lost_here = read_addresses(*headers.all_raw(name))
        lost += lost_here
    if lost:
        why.append("What stands in an address header and is no address was left out.")
    return people


def _only_enclosed(body, depth):
    """The one mail that this one encloses, unless it is enclosed itself."""
    return tuple(leaf.content() for leaf in body.enclosed) if depth == 0 and len(body.enclosed) == 1 else ()


def _senders(headers, why):
    """From, else who else could have sent it."""
    senders, lost = read_addresses(*headers.all_raw("from"))
    if senders:
        return senders, lost
    for name in ("sender", "reply-to", "return-path", "mbox-from"):
        value = headers.raw(name)
        found, _ = read_addresses(
            value.removeprefix(">").split(" ")[1] if name == "mbox-from" and " " in value else value
        )
        if found:
            why.append(f"From has no address; the sender was taken from {name.title()}.")
            return found[:1], 0
    return (), lost


def _delivered_to(headers):
    """Whom the servers on the way delivered it to, which may be nobody in To or Cc."""
    names = (
        "x-original-to",
        "delivered-to",
        "envelope-to",
        "x-envelope-to",
        "x-forwarded-to",
        "x-delivered-to",
    )
    values = [value for name in names if name in headers for value in headers.all_raw(name)]
    return tuple(dict.fromkeys(filter(None, (clean_address(value[:400]) for value in values[:50]))))


def _list_id(headers):
    value = headers.text("list-id")[:500]
    found = re.search(r"<([^<>]*)>", value)
    return (found.group(1).strip() if found else value) or None
