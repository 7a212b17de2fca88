"""Text that people typed, made safe to show; attributes; icons."""

import re
from functools import lru_cache

from django.templatetags.static import static
from jinja2 import Undefined
from markupsafe import Markup, escape

ADDRESS = re.compile(r"https?://[^\s<>\"'\u3000-\u303f\uff00-\uffef]+")
TRAILING = ".,;:!?)]}…"
LINK = Markup('<a class="link" href="{href}" rel="noopener noreferrer nofollow" target="_blank">{words}</a>')


@lru_cache(maxsize=1024)
def icon(name, size=None, label=None):
    """An icon of the sprite; sizes 12 14 16 20 24 28 32. Without a label it is hidden from screen readers."""
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    sized = f' data-size="{size}"' if size else ""
    return Markup(
        f'<svg class="icon"{sized} {said}><use href="{static("ui/icons/sprite.svg")}#i-{name}"/></svg>'
    )


# An f-string with escape(), because Markup.format costs four times as much and a list has hundreds.
def attrs(pairs):
    """Keywords as HTML attributes: hx_get="/x" is hx-get="/x"; True is bare, None and False are left out."""
    parts = []
    for name, value in pairs.items():
        if value is None or value is False or isinstance(value, Undefined):
            continue
        name = _attribute(name)
        parts.append(f" {name}" if value is True else f' {name}="{escape(value)}"')
    return Markup("".join(parts))


@lru_cache(maxsize=1024)
def _attribute(name):
    return escape(name.rstrip("_").replace("_", "-"))


def linkify(text):
    """Escaped text in which web addresses are links."""
    parts, end = [], 0
    for found in ADDRESS.finditer(text):
        address = found.group().rstrip(TRAILING)
        parts += [escape(text[end : found.start()]), LINK.format(href=address, words=address)]
        end = found.start() + len(address)
    return Markup("").join([*parts, escape(text[end:])])


def nl2br_safe(text):
    """Escaped text with links and line breaks."""
    return Markup("<br>\n").join(linkify(line) for line in str(text or "").splitlines())


def plain(text):
    """Plain text as paragraphs, with links and line breaks."""
    paragraphs = re.split(r"\n[ \t]*\n+", str(text or "").replace("\r\n", "\n").strip())
    return Markup("\n").join(
        Markup("<p>{}</p>").format(nl2br_safe(part)) for part in paragraphs if part.strip()
    )
