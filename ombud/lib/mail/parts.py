"""The parts of a message: found by their boundaries, however broken, and decoded.

The standard library's parser is the reference for well-formed mail (a test compares them). This one
takes time in proportion to the size only, and has no recursion that a stranger can deepen.
"""

import binascii
import re
from dataclasses import dataclass

from ombud.lib.mail.headers import Headers, base64_bytes, parameters, split

# Real mails have a handful, digests some hundred. What comes after is kept as one attachment.
MAX_PARTS = 1_000
# Real mails nest up to about six deep. What lies deeper is kept unopened as an attachment.
MAX_DEPTH = 20
# Headers of a single part; a part that starts with more is text.
MAX_PART_HEADER_BYTES = 65_536

_DELIMITER_END = re.compile(rb"(--)?[ \t]*(?:\r?\n|\r?\Z)")
_LOOKS_LIKE_BOUNDARY = re.compile(rb"(?:\A|\n)--([^\s-][^\r\n]{0,198}?)[ \t]*\r?\n(?=[Cc]ontent-)")
_BASE64_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\t\r\n"
_UNREAD = b'Content-Type: application/octet-stream; name="further-parts.bin"\n\n'
# A guessed boundary stands near the start, where the first part begins.
_GUESS_WITHIN = 65_536


@dataclass(slots=True)
class Leaf:
    """One part that holds something itself: a text, a file, an enclosed message."""

    headers: Headers
    content_type: str
    parameters: dict
    disposition: str
    disposition_parameters: dict
    raw: bytes
    inside: tuple  # the multiparts around it, outermost first: ("mixed", "alternative")
    branch: tuple  # numbers of the parts from the top, to tell which alternatives belong together

    def content(self):
        """The bytes, decoded from their transfer encoding."""
        return decode_transfer(self.raw, self.headers.raw("content-transfer-encoding"))


def leaves(headers, body, why):
    """All parts of a message that hold something, in order."""
    found = []
    # Each entry waits to be opened; a stack instead of recursion, and its order is the order in the mail.
    waiting = [(headers, body, (), (), "text/plain")]
    while waiting:
        headers, body, inside, branch, default = waiting.pop()
        content_type, params = _content_type(headers, default)
        kind, _, sub = content_type.partition("/")
        if kind == "multipart" and len(inside) < MAX_DEPTH and len(found) < MAX_PARTS:
            parts = _divide(body, params.get("boundary", ""), MAX_PARTS - len(found), why)
            if parts is not None:
                within = "message/rfc822" if sub == "digest" else "text/plain"
                opened = []
                for number, part in enumerate(parts):
                    part_headers, at, _ = split(part, MAX_PART_HEADER_BYTES)
                    opened.append((part_headers, part[at:], (*inside, sub), (*branch, number), within))
                waiting.extend(reversed(opened))
                continue
            content_type, params = "text/plain", {}
            why.append("A multipart without parts was read as plain text.")
        elif kind == "multipart":
            why.append(
                f"Parts nested deeper than {MAX_DEPTH} or beyond {MAX_PARTS} are kept as one attachment."
            )
            content_type = "application/octet-stream"
        if len(found) > MAX_PARTS:
            why.append(f"Only the first {MAX_PARTS} parts were read.")
            break
        disposition, disposition_params = _disposition(headers)
        found.append(
            Leaf(headers, content_type, params, disposition, disposition_params, body, inside, branch)
        )
    return found


def _content_type(headers, default):
    value = headers.raw("content-type")
    if not value:
        return default, {}
    content_type, params = parameters(value)
    if content_type.count("/") != 1 or content_type[0] == "/" or content_type[-1] == "/":
        if content_type in ("text", "html", "plain", "text/"):
            return "text/html" if content_type == "html" else "text/plain", params
        return "text/plain" if not params.get("name") else "application/octet-stream", params
    return content_type.replace(" ", "")[:127], params


def _disposition(headers):
    value = headers.raw("content-disposition")
    return parameters(value) if value else ("", {})


def _divide(body, boundary, most, why):
    """The bodies between the boundaries, or None when there is no boundary to be found."""
    pieces = _pieces(body, boundary.encode("utf-8", "replace"), most) if boundary else None
    if not pieces:
        guess = _LOOKS_LIKE_BOUNDARY.search(body, 0, _GUESS_WITHIN)
        if guess is None:
            return None
        why.append("The boundary between the parts was not the declared one; it was guessed.")
        pieces = _pieces(body, guess.group(1), most)
    if len(pieces) > most:
        why.append(f"Only the first {MAX_PARTS} parts were read; what follows is kept as one file.")
    return pieces


def _pieces(body, boundary, most):
    """What stands between the delimiter lines; look-alikes within a line or with a longer name are text."""
    delimiter = b"\n--" + boundary
    # Splitting at once is many times faster than searching step by step. The limit bounds memory.
    raw = (b"\n" + body).split(delimiter, 4 * most + 4)
    pieces, current, started = [], [], False
    for number, piece in enumerate(raw):
        if number == 0:
            continue
        end = _DELIMITER_END.match(piece)
        if end is None:
            if started:
                current += (delimiter, piece)
            continue
        if started:
            pieces.append(_joined(current))
        started = not end.group(1)
        if started and len(pieces) >= most:
            return [*pieces, _UNREAD + delimiter.join(raw[number:])]
        if not started:
            return pieces
        current = [piece[end.end() :]]
    if started:
        pieces.append(_joined(current))
    return pieces


def _joined(pieces):
    """One part; the line end before the delimiter belongs to the delimiter."""
    data = pieces[0] if len(pieces) == 1 else b"".join(pieces)
    return data[:-1] if data.endswith(b"\r") else data


def decode_transfer(data, encoding):
    """Undo base64, quoted-printable or uuencode; anything else stands as it is."""
    encoding = encoding.strip().strip("\"'").split(";")[0].strip().lower()
    if encoding == "base64":
        strange = len(data.translate(None, _BASE64_LETTERS))
        # Words have spaces and points; broken base64 has a few foreign letters.
        return data if strange * 8 > len(data) else base64_bytes(data)
    if encoding in ("quoted-printable", "quotedprintable", "qp"):
        return binascii.a2b_qp(data)
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _uudecode(data)
    return data


def _uudecode(data):
    """The lines between `begin` and `end`; a line that is broken is left out."""
    out, inside = [], False
    for line in data.splitlines():
        if not inside:
            inside = line.startswith(b"begin ")
        elif line.strip() in (b"end", b"`"):
            break
        else:
            try:
                out.append(binascii.a2b_uu(line))
            except binascii.Error:
                continue
    return b"".join(out) if inside else data
