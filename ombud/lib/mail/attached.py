"""The files in a mail, each with a name by which a person can tell it apart."""

import hashlib
import mimetypes
import re
from dataclasses import dataclass, field

from ombud.lib.mail.headers import one_line, split

_UNFIT = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:\"|?*]+")
_USUAL_ENDINGS = {
    "text/calendar": ".ics",
    "message/rfc822": ".eml",
    "message/delivery-status": ".txt",
    "text/rfc822-headers": ".txt",
    "text/plain": ".txt",
    "image/jpeg": ".jpg",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A file in a mail. `inline`: the HTML shows it, or it is an image meant to be shown there."""

    name: str
    content_type: str
    size: int
    sha256: str
    inline: bool
    content_id: str
    content: bytes = field(repr=False)

    def as_dict(self):
        """For JSON, without the content."""
        return {
            "name": self.name,
            "content_type": self.content_type,
            "size": self.size,
            "sha256": self.sha256,
            "inline": self.inline,
        }


def attached(body):
    """The attachments with a name each, so that a person can tell them apart."""
    for number, leaf in enumerate(body.files, 1):
        content = leaf.content()
        content_id = leaf.headers.raw("content-id").strip().strip("<>").strip()[:500]
        digest = hashlib.sha256(content).hexdigest()
        inline = _is_inline(leaf, content_id, body.html)
        yield Part(
            _name(leaf, number, content), leaf.content_type, len(content), digest, inline, content_id, content
        )


def _is_inline(leaf, content_id, html):
    if content_id and html and f"cid:{content_id}" in html:
        return True
    if not leaf.content_type.startswith("image/") or leaf.disposition == "attachment":
        return False
    return leaf.disposition == "inline" or "related" in leaf.inside


def _name(leaf, number, content):
    """The file's own name without its folder and without letters that no file system takes."""
    name = leaf.disposition_parameters.get("filename") or leaf.parameters.get("name") or ""
    name = _UNFIT.sub("", one_line(name).replace("\\", "/").rpartition("/")[2]).strip(" .")
    if name:
        stem, dot, ending = name.rpartition(".")
        return name if len(name) <= 150 else f"{(stem or ending)[:140]}{dot}{ending[:9] if stem else ''}"
    ending = _USUAL_ENDINGS.get(leaf.content_type) or mimetypes.guess_extension(leaf.content_type) or ".bin"
    if leaf.content_type == "message/rfc822":
        subject = split(content[:100_000])[0].text("subject")[:80]
        subject = _UNFIT.sub("", subject.replace("/", "-").replace("\\", "-")).strip(" .")
        if subject:
            return subject + ending
    return f"attachment-{number}{ending}"
