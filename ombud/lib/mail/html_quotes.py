"""The quoted part of sanitised HTML, found by the marks that mail programs leave."""

import re
from dataclasses import dataclass
from itertools import islice

from ombud.lib.mail.html import EMPTY
from ombud.lib.mail.plain import TAG, text_of_clean
from ombud.lib.mail.quote_marks import attribution, field
from ombud.lib.mail.words import words

_CITES = re.compile(
    r' (?:class|id)="[^"]*\b(gmail_quote|gmail_quote_container|yahoo_quoted|moz-cite-prefix|protonmail_quote'
    r"|tutanota_quote|zmail_extra"
    r"|divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|mail-editor-reference-message-container|isReplyContent"
    r"|isForwardContent"
    r"|OutlookMessageHeader)\b"
)
# Below these all is old; after a <blockquote> there may be answers.
_FINAL = words(
    "divRplyFwdMsg appendonsend OLK_SRC_BODY_SECTION mail-editor-reference-message-container"
    " OutlookMessageHeader"
    " yahoo_quoted isReplyContent isForwardContent zmail_extra"
)
_BOLD_FIELD = re.compile(r"<(?:b|strong)>(?:<(?:span|font)[^>]*>)*([^<:：]{1,25})\s*[:：]")
_BLOCKS = words("p div td li")
# Bold words with a colon that are looked at; a letter has few before its quote.
_MOST_BOLD = 200


@dataclass(frozen=True, slots=True)
class HtmlSplit:
    """The HTML above the quote, both halves well-formed; `reply` is None when it cannot be told."""

    reply: str | None
    quoted: str
    why: str
    reply_text: str = ""


def without_quote(html: str) -> HtmlSplit | None:
    """Cut sanitised HTML before what it quotes. None if there is no mark of a quote.

    If new text stands behind or between quotes nothing is cut (`reply` is None).
    """
    start, final = _first_cite(html)
    outlook = _outlook_block(html, start if start is not None else len(html))
    if outlook is not None:
        start, final = outlook, True
    if start is None:
        return None
    start = _with_attribution(html, start)
    if not final and _answers_below(html, start):
        return HtmlSplit(None, "", "New text stands between quotes in the HTML, so all of it is kept.")
    reply = _closed(html, start)
    text = text_of_clean(reply)
    if not text.strip() and "<img" not in reply:
        return None
    return HtmlSplit(
        reply, _opened(html, start), "The mail program marked the quoted part in the HTML.", text
    )


def _first_cite(html):
    """(where, whether all below is old) of the first mark."""
    for tag in TAG.finditer(html):
        close, name, attributes = tag.groups()
        if close:
            continue
        mark = _CITES.search(attributes) if attributes else None
        if mark:
            return tag.start(), mark.group(1) in _FINAL
        if name == "blockquote" and 'type="cite"' in attributes:
            return tag.start(), False
    return None, False


def _outlook_block(html, before):
    """Where the paragraph starts in which Outlook writes From, Sent, To, Subject in bold."""
    for bold in islice(_BOLD_FIELD.finditer(html, 0, before), _MOST_BOLD):
        found = field(bold.group(1) + ":")
        if found and found[0] == "from":
            seen = {
                name[0]
                for m in _BOLD_FIELD.finditer(html, bold.end(), bold.end() + 3_000)
                if (name := field(m.group(1) + ":"))
            }
            if len(seen & {"date", "to", "subject"}) >= 2:
                return max(html.rfind("<p", 0, bold.start()), html.rfind("<div", 0, bold.start()), 0)
    return None


def _with_attribution(html, start):
    """Move up over a paragraph just before that says who wrote when."""
    begin = max(0, start - 1_500)
    opened = [m for m in TAG.finditer(html, begin, start) if m.group(2) in _BLOCKS or m.group(2) == "br"]
    for tag in reversed(opened[-6:]):
        between = text_of_clean(html[tag.end() : start])
        lines = [line for line in between.split("\n") if line.strip()]
        if len(lines) > 3:
            break
        if lines and attribution(lines, len(lines) - 1) == len(lines):
            return tag.start() if not tag.group(1) else tag.end()
    return start


def _answers_below(html, start):
    """True if there is text outside of quotes after the first one that is closed."""
    depth = quotes = signature = 0
    at = start
    for tag in TAG.finditer(html, start):
        between = html[at : tag.start()]
        said = quotes and not depth and not signature and between.replace("&nbsp;", "").strip()
        if said and not _is_attribution(html, at, tag.start()):
            return True
        at = tag.end()
        close, name, attributes = tag.groups()
        if signature:
            signature += (not close and name not in EMPTY) - bool(close)
        elif name == "blockquote":
            depth = max(0, depth + (-1 if close else 1))
            quotes += not close
        elif not close and not depth and "signature" in attributes:
            signature = 1
    return bool(quotes and not depth and not signature and html[at:].strip())


def _is_attribution(html, start, end):
    end = html.find("<blockquote", end)
    if end < 0 or end - start > 1_500:
        return False
    lines = [line for line in text_of_clean(html[start:end]).split("\n") if line.strip()]
    return bool(lines) and len(lines) <= 4 and attribution(lines, len(lines) - 1) == len(lines)


def _open_at(html, end):
    stack = []
    for tag in TAG.finditer(html, 0, end):
        close, name, _ = tag.groups()
        if not close and name not in EMPTY:
            stack.append((name, tag.group()))
        elif close and stack and stack[-1][0] == name:
            stack.pop()
    return stack


def _closed(html, end):
    """The HTML up to `end`, with what is open there closed."""
    return html[:end] + "".join(f"</{name}>" for name, _ in reversed(_open_at(html, end)))


def _opened(html, start):
    """The HTML from `start`, within the same elements."""
    return "".join(tag for _, tag in _open_at(html, start)) + html[start:]
