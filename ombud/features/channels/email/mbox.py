"""The mails of an mbox file, one after the other, however large the file is."""

import re
from dataclasses import dataclass

# The line before each mail: who sent it, and when, as asctime() writes it.
_FROM = re.compile(rb"From (\S*)[^\r\n]*\d\d:\d\d[^\r\n]*\d{4}\b|From \S+@\S+\s")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


@dataclass(frozen=True)
class Filed:
    """One mail of the file: who the line before it names, and its bytes."""

    sender: str
    raw: bytes


def count(path):
    """How many mails the file holds."""
    with path.open("rb") as file:
        return sum(1 for _line in _beginnings(file))


def mails(path):
    """Every mail in the file. Lines that were quoted (`>From `) are as they were written."""
    sender, lines = None, []
    with path.open("rb") as file:
        blank = True
        for line in file:
            if blank and _FROM.match(line):
                if sender is not None:
                    yield _filed(sender, lines)
                sender, lines = line.split(b" ", 2)[1].strip().decode("utf-8", "replace"), []
            else:
                lines.append(line)
            blank = not line.strip(b"\r\n")
    if sender is not None:
        yield _filed(sender, lines)


def _beginnings(file):
    blank = True
    for line in file:
        if blank and _FROM.match(line):
            yield line
        blank = not line.strip(b"\r\n")


def _filed(sender, lines):
    if lines and not lines[-1].strip(b"\r\n"):
        lines.pop()
    raw = b"".join(lines)
    if b"\n>" in raw:
        raw = _QUOTED.sub(rb"\1", raw)
    return Filed(sender if "@" in sender else "", raw)
