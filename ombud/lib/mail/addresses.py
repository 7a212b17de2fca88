"""Names and addresses out of From, To, Cc and Reply-To, however they were written."""

import re
from dataclasses import dataclass

from ombud.lib.mail.headers import decode_words, eight_bit, one_line

# A mail to more people than this is a circular; nobody answers all of them.
MAX_ADDRESSES = 500
# What the mail standards allow an address to be long; longer ones cannot be delivered.
_LONGEST = 320

_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*"?|<[^<>]*>?|\(|\)|[,;]|:(?=[\s;]|\Z)|=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=|[^\s"<>(),;]+|\s+|>'
)
_ADDRESS = re.compile(
    r'(?:[^\s@<>(),;:"\[\]\\]+|"(?:[^"\\\r\n]|\\.)+")@(?:[^\s@<>(),;:"\[\]\\.]+(?:\.[^\s@<>(),;:"\[\]\\.]+)*|\[[0-9a-fA-F:.]+\])\Z'
)
_LOOSE = re.compile(r"[^\s@<>(),;:\"'\[\]\\]+@[^\s@<>(),;:\"'\[\]\\]+")


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody in a header: the name as written (may be empty), the address, its domain in small letters."""

    name: str
    address: str

    def as_dict(self):
        """For JSON."""
        return {"name": self.name, "address": self.address}


def clean_address(text):
    """The address alone, its domain in small letters, or None if it is none that could be written to."""
    text = text.strip().strip("<>").strip()
    if text[:7].lower() == "mailto:":
        text = text[7:]
    if text[:1] == "@" and ":" in text:  # a route, as in <@relay.example:ada@desk.test>
        text = text.rpartition(":")[2]
    text = text.strip("'").rstrip(".")
    if not _ADDRESS.match(text):
        text = "".join(text.split())
        if not _ADDRESS.match(text):
            return None
    if len(text) > _LONGEST or not text.isprintable():
        return None
    local, _, domain = text.rpartition("@")
    return f"{local}@{domain.lower()}"


def read_addresses(*values):
    """All addresses of one or more raw header values, each once, and how many could not be read."""
    found, lost = {}, 0
    for value in values:
        for name, address in _mailboxes(value):
            clean = clean_address(eight_bit(decode_words(address)))
            if clean is None:
                lost += 1
            elif clean not in found:
                if len(found) >= MAX_ADDRESSES:
                    return tuple(found.values()), lost
                found[clean] = Address(clean_name(name, clean), clean)
    return tuple(found.values()), lost


def clean_name(name, address=""):
    """A name for people: decoded, without quotes, empty when it only repeats the address."""
    name = one_line(decode_words(name)).strip("\"' ")
    name = " ".join(name.split())[:200]
    return "" if name.lower() == address.lower() else name


def _mailboxes(value):
    """(name, address) as they stand between the commas; a comma inside an unquoted name is mended."""
    before = ""
    for words, angle, comment in _items(value):
        text = "".join(words).strip()
        if angle is not None:
            name = ", ".join(filter(None, (before, text)))
            yield name or comment, angle
            before = ""
        elif "@" in text:
            loose = text if _ADDRESS.match(text) else None
            if loose is None:
                match = _LOOSE.search(text)
                loose = match.group() if match else text
            yield comment or text.replace(loose, "").strip(), loose
            before = ""
        elif text:
            before = ", ".join(filter(None, (before, text)))
    if before:
        yield "", before


def _items(value):
    """Words, angle address and comment of each comma-separated item."""
    words, angle, comment, depth = [], None, [], 0
    for match in _TOKEN.finditer(value):
        token = match.group()
        if token == "(":
            depth += 1
        elif token == ")":
            depth -= depth > 0
        elif depth:
            comment.append(token)
        elif token in ",;":
            yield words, angle, "".join(comment).strip()
            words, angle, comment = [], None, []
        elif token == ":":  # the name of a group ends; its members follow
            words, angle = [], None
        elif token[0] == "<":
            angle = token.strip("<>") if angle is None or "@" not in angle else angle
        elif token[0] == '"':
            inner = token[1:-1] if len(token) > 1 and token[-1] == '"' else token[1:]
            quoted_local = value[match.end() : match.end() + 1] == "@"
            words.append(token if quoted_local else inner.replace("\\", ""))
        elif token[-1] == ":" and "@" not in token:  # the name of a group
            words, angle = [], None
        elif token != ">":
            words.append(token)
    if words or angle is not None:
        yield words, angle, "".join(comment).strip()
