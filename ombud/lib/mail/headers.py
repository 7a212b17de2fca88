"""Header lines: found in bytes, unfolded, and their encoded words and parameters decoded."""

import binascii
import re
from urllib.parse import unquote_to_bytes

from ombud.lib.mail.charsets import decode

# Real mails carry up to a few hundred header lines; beyond this somebody is playing.
MAX_HEADER_LINES = 5_000
# One header value: room for some thousand recipients. References are read whole (see understood.py).
MAX_HEADER_VALUE = 131_072
# All headers of one mail. 100,000 references fit; more is no letter.
MAX_HEADER_BYTES = 16 * 1024 * 1024

_LINE = re.compile(r"[^\r\n]+")
_NAME = re.compile(r"([!-9;-~]{1,200})[ \t]*:[ \t]*")
_KNOWN = re.compile(
    r"(?im)^(?:from|to|cc|subject|date|message-id|received|return-path|reply-to|mime-version|content-[a-z-]+"
    r"|x-[a-z0-9-]+)[ \t]*:"
)
_CHARSET = re.compile(r"[A-Za-z0-9._:+*-]{1,60}(?=\?)")
_PARAMETER = re.compile(r';[ \t]*([^\s=;"]{1,100})[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"?|[^;]*)')
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Headers:
    """The headers of a mail or of one of its parts; values stay raw until somebody asks."""

    __slots__ = ("_values",)

    def __init__(self, values):
        self._values = values

    def raw(self, name):
        """The first value of that name, unfolded but not decoded; empty when it is not there."""
        values = self._values.get(name)
        return _unfold(values[0]) if values else ""

    def all_raw(self, name):
        """All values of that name, in the order in which they stand."""
        return [_unfold(value) for value in self._values.get(name, ())]

    def text(self, name):
        """The first value of that name as one line that a person can read."""
        values = self._values.get(name)
        return one_line(decode_words(_unfold(values[0]))) if values else ""

    def __contains__(self, name):
        return name in self._values

    def __len__(self):
        return len(self._values)


def split(raw, limit=MAX_HEADER_BYTES):
    """The headers at the start of `raw`, where its body starts, and what was odd about them."""
    if raw[:1] == b"\n" or raw[:2] == b"\r\n":
        return Headers({}), 1 + (raw[:1] == b"\r"), []
    crlf = raw.find(b"\n\r\n", 0, limit)
    lf = raw.find(b"\n\n", 0, crlf if crlf >= 0 else limit)
    end, body_at = (lf, lf + 2) if lf >= 0 else (crlf, crlf + 3) if crlf >= 0 else (min(len(raw), limit),) * 2
    values, odd, stopped_at = _read(raw[:end].decode("latin-1"))
    return Headers(values), body_at if stopped_at is None else stopped_at, odd


def _read(block):
    """Lines to {name: [value]}; a continuation belongs to the line before it."""
    values, odd, last, count, known_at = {}, [], None, 0, -1
    for line in _LINE.finditer(block):
        text = line.group()
        if text[0] in " \t":
            if last is not None:
                last.append(text)
            continue
        name = _NAME.match(text)
        if name:
            count += 1
            if count > MAX_HEADER_LINES:
                odd.append(f"Only the first {MAX_HEADER_LINES} header lines were read.")
                break
            last = [text[name.end() :]]
            values.setdefault(name.group(1).lower(), []).append(last)
            continue
        last = None
        if text.startswith(("From ", ">From ")) and not values:
            values["mbox-from"] = [[text]]
            continue
        if known_at < line.end():
            known = _KNOWN.search(block, line.end())
            if known is None:
                odd.append(
                    "No empty line divides headers from text; the text starts at the first line that is no"
                    " header."
                )
                return values, odd, line.start()
            known_at = known.start()
        odd.append("A header line without a colon was skipped.")
    return values, list(dict.fromkeys(odd)), None


def _unfold(pieces):
    value = pieces[0] if len(pieces) == 1 else "".join(pieces)
    return value.strip()


def eight_bit(value):
    """A value in which the mail put letters without encoding them."""
    return value if value.isascii() else decode(value.encode("latin-1", "replace"))[0]


def one_line(text):
    """Text without line breaks and control characters, such as may stand in a list or a header."""
    return _CONTROL.sub(" ", text).strip()


def decode_words(value):
    """Decode RFC 2047 encoded words, also those with spaces inside, or cut in the middle of a letter.

    Walks forward only, so that a hostile value costs no more than its length.
    """
    value = value[:MAX_HEADER_VALUE]
    if "=?" not in value:
        return eight_bit(value)
    out, charset, waiting, at = [], None, [], 0
    for start, end, word_charset, base64, data in _words(value):
        between = value[at:start]
        if between.strip() or word_charset != charset:
            if waiting:
                out.append(_joined(waiting, charset))
            if between.strip() or not waiting:
                out.append(eight_bit(between))
            waiting = []
        charset, at = word_charset, end
        waiting.append((base64, data))
    if waiting:
        out.append(_joined(waiting, charset))
    out.append(eight_bit(value[at:]))
    return "".join(out)


def _words(value):
    """(start, end, charset, whether base64, coded bytes) of each encoded word."""
    start = value.find("=?")
    while start >= 0:
        after = start + 2
        mark = value.find("?", after, after + 62)
        if mark > 0 and value[mark + 2 : mark + 3] == "?" and value[mark + 1] in "bBqQ":
            end = value.find("?=", mark + 3)
            if end < 0:
                return
            if _CHARSET.match(value, after, mark + 1):
                text = value[mark + 3 : end].encode("latin-1", "replace")
                yield start, end + 2, value[after:mark].lower(), value[mark + 1] in "bB", text
                after = end + 2
        start = value.find("=?", after)


def _joined(words, charset):
    """Neighbouring words of one character set; some programs cut them within a letter, or within base64."""
    out, coded = [], []
    for number, (base64, data) in enumerate(words):
        if not base64:
            out.append(binascii.a2b_qp(data.replace(b"_", b" ")))
            continue
        coded.append(data)
        more = number + 1 < len(words) and words[number + 1][0]
        if not (more and len(data) % 4 and not data.endswith(b"=")):
            whole = b"".join(coded)
            out += [base64_bytes(whole)] if len(whole) % 4 == 0 else map(base64_bytes, coded)
            coded = []
    return decode(b"".join(out), charset)[0]


def base64_bytes(data):
    """Decode base64 as far as it can be: foreign bytes are skipped, missing padding is supplied."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        clean = _NOT_BASE64.sub(b"", data)
        clean = clean[: len(clean) - (len(clean) % 4 == 1)]
        return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def parameters(value):
    """`text/plain; charset=x` to ("text/plain", {"charset": "x"}), RFC 2231 continuations joined."""
    value = value[:MAX_HEADER_VALUE]
    first, _, rest = value.partition(";")
    if not rest:
        return first.strip().lower(), {}
    plain, pieces = {}, {}
    for match in _PARAMETER.finditer(";" + rest):
        name, text = match.group(1).lower(), _unquote(match.group(2).strip())
        base, star, order = name.partition("*")
        if not star:
            plain.setdefault(base, decode_words(text))
        else:
            number = order.rstrip("*")
            pieces.setdefault(base, []).append(
                (
                    int(number) if number.isdigit() and len(number) < 6 else 0,
                    not number or order.endswith("*"),
                    text,
                )
            )
    for base, found in pieces.items():
        plain[base] = _join(sorted(found, key=lambda piece: piece[0]))
    return first.strip().lower(), plain


def _unquote(text):
    if text[:1] == '"':
        text = text[1:-1] if len(text) > 1 and text[-1] == '"' else text[1:]
        return re.sub(r"\\(.)", r"\1", text) if "\\" in text else text
    return text


def _join(pieces):
    """RFC 2231: the first piece may name the charset; single pieces may be percent-encoded or not."""
    charset, data = None, b""
    if pieces[0][1] and pieces[0][2].count("'") >= 2:
        charset, _, first = pieces[0][2].split("'", 2)
        pieces = [(0, True, first), *pieces[1:]]
    for _, encoded, text in pieces:
        raw = text.encode("latin-1", "replace")
        data += unquote_to_bytes(raw) if encoded else raw
    return decode(data, charset)[0]
