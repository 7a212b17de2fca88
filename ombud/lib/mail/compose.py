"""An outgoing mail as bytes: the same fields give the same bytes, so that a retry sends the same message."""

import binascii
import hashlib
import mimetypes
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from ombud.lib.mail import words as tables
from ombud.lib.mail.addresses import Address, clean_address

# Lines of a mail are at most 998 letters long by the standard; headers are folded near 78 where they can be.
_LONGEST_LINE = 998
_FOLD_AT = 76
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,75}\Z")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,990}>\Z")
_KIND = re.compile(r"[a-z0-9.+-]{1,63}/[A-Za-z0-9.+_-]{1,100}\Z")
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+\Z")
_OURS = tables.words(
    "from to cc bcc sender subject date message-id in-reply-to references reply-to mime-version content-type"
    " content-transfer-encoding content-disposition content-id"
)
# The first and the latest references are enough to thread; some servers refuse headers beyond a few
# kilobytes.
_MOST_REFERENCES = 40


class CannotCompose(ValueError):
    """A field that must not go into a mail as it is; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file to send along; with a content_id it is an image that the HTML shows as `cid:…`."""

    name: str
    content: bytes
    content_type: str = ""
    content_id: str = ""


def compose(
    *,
    from_: Address,
    to: Sequence[Address],
    subject: str,
    text: str,
    message_id: str,
    date: datetime,
    cc: Sequence[Address] = (),
    reply_to: Sequence[Address] = (),
    html: str | None = None,
    in_reply_to: str | None = None,
    references: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Enclosure] = (),
) -> bytes:
    """The message with CRLF line ends, ready for SMTP. `date` must be aware.

    Line breaks in names and subjects become spaces. Raises CannotCompose for an address, a Message-ID or a
    header name that is none, since a mail with it would reach nobody, or somebody else.
    """
    if date.tzinfo is None:
        raise CannotCompose("The date of a mail needs a time zone.")
    lines = [
        ("From", _mailboxes("From", [from_])),
        ("To", _mailboxes("To", to)),
        ("Cc", _mailboxes("Cc", cc)),
    ]
    lines += [("Reply-To", _mailboxes("Reply-To", reply_to)), ("Subject", _words(_one_line(subject)))]
    lines += [("Date", [format_datetime(date)]), ("Message-ID", [_message_id(message_id)])]
    lines += [("In-Reply-To", [_message_id(in_reply_to)] if in_reply_to else [])]
    lines += [("References", _references(references))]
    for name, value in (headers or {}).items():
        if not _HEADER_NAME.match(name) or name.lower() in _OURS:
            raise CannotCompose(f"{name!r} cannot be set as an extra header.")
        lines.append((name, _words(_one_line(value))))
    head = b"".join(_fold(name, words) for name, words in lines if words)
    return head + b"MIME-Version: 1.0\r\n" + _body(text, html, attachments)


def _body(text, html, attachments):
    inline = [a for a in attachments if a.content_id and html is not None]
    files = [a for a in attachments if not (a.content_id and html is not None)]
    part = _text("plain", text)
    if html is not None:
        rich = _text("html", html)
        if inline:
            rich = _multipart("related", [rich, *map(_file, inline)])
        part = _multipart("alternative", [part, rich])
    return _multipart("mixed", [part, *map(_file, files)]) if files else part


def _multipart(kind, parts):
    """The boundary is made from the parts, so that it is the same each time and stands in none of them."""
    boundary = "=_" + hashlib.sha256(b"\0".join(parts)).hexdigest()[:32]
    mark = f"--{boundary}".encode("ascii")
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode("ascii")
    return head + b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


def _text(kind, text):
    data = "\r\n".join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).encode("utf-8", "replace")
    if data and not data.endswith(b"\r\n"):
        data += b"\r\n"
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: "
    simple = data.isascii() and b"\0" not in data and max(map(len, data.split(b"\r\n"))) < _LONGEST_LINE
    if simple and b"\nFrom " not in data and not data.startswith(b"From "):
        return head.encode("ascii") + b"7bit\r\n\r\n" + data
    if sum(byte > 126 for byte in data[:4096]) * 6 < min(len(data), 4096):
        quoted = binascii.b2a_qp(data.replace(b"\r\n", b"\n")).replace(b"\nFrom ", b"\n=46rom ")
        quoted = b"=46" + quoted[1:] if quoted.startswith(b"From ") else quoted
        return head.encode("ascii") + b"quoted-printable\r\n\r\n" + quoted.replace(b"\n", b"\r\n")
    return head.encode("ascii") + b"base64\r\n\r\n" + _base64(data)


def _file(enclosure):
    name = _one_line(enclosure.name).replace("/", "_").replace("\\", "_") or "attachment"
    kind = enclosure.content_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if not _KIND.match(kind) or kind.startswith(("multipart/", "message/")):
        kind = "application/octet-stream"
    disposition = "inline" if enclosure.content_id else "attachment"
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
    head += f"Content-Disposition: {disposition};\r\n {_file_name(name)}\r\n"
    if enclosure.content_id:
        head += f"Content-ID: {_message_id('<' + enclosure.content_id.strip('<>') + '>')}\r\n"
    return head.encode("ascii") + b"\r\n" + _base64(enclosure.content)


def _file_name(name):
    """RFC 2231, in pieces when long; plain when it is plain."""
    if _PLAIN_NAME.match(name.replace(".", "")) and len(name) < 60:
        return f'filename="{name}"'
    coded = quote(name, safe="")
    if len(coded) < 60:
        return f"filename*=utf-8''{coded}"
    pieces = re.findall(r"(?:%[0-9A-F]{2}|[^%]){1,20}", coded)
    pieces[0] = "utf-8''" + pieces[0]
    return ";\r\n ".join(f"filename*{number}*={piece}" for number, piece in enumerate(pieces))


def _base64(data):
    coded = b64encode(data)
    return b"\r\n".join(coded[i : i + 76] for i in range(0, len(coded), 76)) + b"\r\n" if coded else b""


def _one_line(text):
    return " ".join(_BREAKS.sub(" ", str(text)).split())


def _message_id(value):
    value = value.strip()
    if not _MESSAGE_ID.match(value) or not value.isascii():
        raise CannotCompose(f"{value[:80]!r} is not a Message-ID.")
    return value


def _references(references):
    """Ids that cannot stand in a header are left out: they came with somebody else's mail."""
    good = [r for r in dict.fromkeys(r.strip() for r in references) if _MESSAGE_ID.match(r) and r.isascii()]
    return good if len(good) <= _MOST_REFERENCES else [good[0], *good[1 - _MOST_REFERENCES :]]


def _mailboxes(header, people):
    """One word per person and comma, so that folding never cuts an address."""
    words = []
    for person in people:
        clean = clean_address(person.address)
        if (
            clean is None
            or clean != person.address.rpartition("@")[0] + "@" + person.address.rpartition("@")[2].lower()
        ):
            raise CannotCompose(f"{header}: {person.address[:80]!r} is not an address.")
        local, _, domain = clean.rpartition("@")
        if not domain.isascii():
            try:
                domain = domain.encode("idna").decode("ascii")
            except UnicodeError:
                raise CannotCompose(f"{header}: {person.address[:80]!r} has no valid domain.") from None
        if words:
            words[-1] += ","
        name = _one_line(person.name)
        if name:
            words += _phrase(name)
        words.append(f"<{local}@{domain}>" if name else f"{local}@{domain}")
    return words


def _phrase(name):
    if name.isascii() and "=?" not in name:
        quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return name.split(" ") if _PLAIN_NAME.match(name) else [quoted]
    return _encoded(name)


def _words(text):
    """Words to fold between; encoded as a whole when one of them needs it."""
    if text.isascii() and "=?" not in text and max(map(len, text.split(" "))) < 900:
        return text.split(" ") if text else []
    return _encoded(text)


def _encoded(text):
    """RFC 2047 words of at most 75 letters, cut between letters, never inside one."""
    words, piece = [], b""
    for letter in text:
        data = letter.encode("utf-8", "replace")
        if len(piece) + len(data) > 42:
            words.append(piece)
            piece = b""
        piece += data
    return [f"=?utf-8?b?{b64encode(word).decode('ascii')}?=" for word in [*words, piece] if word]


def _fold(name, words):
    lines, line = [], f"{name}:"
    for word in words:
        if len(line) + 1 + len(word) > _FOLD_AT and line.strip() and line != f"{name}:":
            lines.append(line)
            line = ""
        line += " " + word
    return ("\r\n".join([*lines, line]) + "\r\n").encode("utf-8")
