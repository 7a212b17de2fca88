"""Plain text out of HTML."""

import html as entities
import re

from ombud.lib.mail.html import sanitise
from ombud.lib.mail.words import words

# What follows reads sanitised HTML only: every tag is closed there and every attribute stands in double
# quotes.
TAG = re.compile(r'<(/?)([a-z0-9]+)((?: [a-z-]+="[^"]*")*)>')
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HREF = re.compile(r' href="(https?:[^"]*)"')
_ALT = re.compile(r' alt="([^"\x00-\x7f]{1,8})"')
_BLOCKS = words(
    "address article aside blockquote caption center dd details div dl dt figcaption figure footer"
    " h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul"
)
_SHAPING = _BLOCKS | words("br a td th img")
_SPACED = words("p h1 h2 h3 h4 h5 h6 ul ol table pre dl blockquote")


def text_of(html: str) -> str:
    """Plain text of any HTML: quotes as `> `, lists with dashes, links with their address behind."""
    return text_of_clean(sanitise(html))


def text_of_clean(html: str) -> str:
    """Like `text_of`, for HTML that `sanitise` has already seen."""
    page = _Page()
    # Words and tags alternate: words, "/" or "", name, attributes, words, …
    pieces = TAG.split(html)
    page.words(pieces[0])
    for at in range(1, len(pieces), 4):
        close, name, attributes, words_after = pieces[at : at + 4]
        if name in _SHAPING:
            if close:
                page.close(name)
            else:
                page.open(name, attributes)
        if words_after:
            page.words(words_after)
    return page.text()


class _Page:
    """The lines that are being written while the tags go by."""

    def __init__(self):
        self.lines, self.line, self.depth, self.pre, self.lists, self.links = [], [], 0, 0, [], []

    def words(self, text):
        text = entities.unescape(text) if "&" in text else text
        if self.pre:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self.line.append(first)
            for line in rest:
                self.end_line(keep=True)
                self.line.append(line)
            return
        text = _SPACE.sub(" ", text.replace("\xa0", " "))
        if text == " " and not self.line:
            return
        self.line.append(text if self.line else text.lstrip(" "))

    def open(self, name, attributes):
        if name == "br":
            self.end_line(keep=True)
        elif name in _BLOCKS:
            self.end_line()
            if name in _SPACED and not self.lists:
                self.gap()
            if name == "blockquote":
                self.depth += 1
            elif name == "pre":
                self.pre += 1
            elif name in ("ul", "ol"):
                self.lists.append(0 if name == "ol" else None)
            elif name == "li":
                self.line.append(self.bullet())
        elif name in ("td", "th") and self.line:
            self.line.append(" ")
        elif name == "a":
            href = _HREF.search(attributes)
            self.links.append((href.group(1) if href else "", len(self.line)))
        elif name == "img" and (alt := _ALT.search(attributes)):
            self.line.append(alt.group(1))

    def close(self, name):
        if name in _BLOCKS:
            self.end_line()
            if name == "blockquote":
                self.depth -= self.depth > 0
            elif name == "pre":
                self.pre -= self.pre > 0
            elif name in ("ul", "ol") and self.lists:
                self.lists.pop()
            if name in _SPACED and not self.lists:
                self.gap()
        elif name == "a" and self.links:
            href, since = self.links.pop()
            shown = "".join(self.line[since:]).strip()
            href = entities.unescape(href)
            if href and shown and shown.rstrip("/") not in href and len(href) <= 200:
                self.line.append(f" ({href})")

    def bullet(self):
        indent = "  " * (len(self.lists) - 1)
        if not self.lists or self.lists[-1] is None:
            return indent + "- "
        self.lists[-1] += 1
        return f"{indent}{self.lists[-1]}. "

    def end_line(self, keep=False):
        text = "".join(self.line).rstrip()
        self.line = []
        if text or keep:
            self.lines.append((self.depth, text))

    def gap(self):
        if self.lines and self.lines[-1][1]:
            self.lines.append((self.depth, ""))

    def text(self):
        self.end_line()
        out, waiting = [], None
        for depth, text in self.lines:
            depth = min(depth, 20)  # nobody counts the marks of a deeper quote
            if not text:
                waiting = depth if waiting is None else min(waiting, depth)
                continue
            if waiting is not None:
                out.append(("> " * min(waiting, depth)).rstrip())
                waiting = None
            out.append("> " * depth + text)
        return "\n".join(out).strip("\n")
