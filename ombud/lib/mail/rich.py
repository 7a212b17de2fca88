"""Plain text as simple HTML."""

import html as entities
import re

_URL = re.compile(r"https?://[^\s<>\"']{1,2000}[^\s<>\"'.,;:!?)\]]")


def html_of(text: str) -> str:
    """Plain text as HTML: paragraphs, line breaks, addresses as links, `> ` as quotes."""
    out, depth, lines = [], 0, []
    for line in [*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), None]:
        level, rest = _level_of(line) if line is not None else (0, "")
        if lines and (line is None or level != depth or not rest.strip()):
            out.append("<p>" + "<br>\n".join(lines) + "</p>\n")
            lines = []
        if level != depth and (rest.strip() or line is None):
            out.append("<blockquote>" * (level - depth) + "</blockquote>" * (depth - level))
            depth = level
        if rest.strip():
            lines.append(_linked(rest))
    return "".join(out)


def _level_of(line):
    level, rest = 0, line
    while rest[:1] == ">" and level < 20:
        rest = rest[1:].removeprefix(" ") if rest[1:2] == " " else rest[1:]
        level += 1
    return level, rest


def _linked(line):
    out, at = [], 0
    for match in _URL.finditer(line):
        url = entities.escape(match.group())
        out += (_escaped(line[at : match.start()]), f'<a href="{url}">{url}</a>')
        at = match.end()
    return "".join(out) + _escaped(line[at:])


def _escaped(text):
    text = entities.escape(text, quote=False)
    kept = len(text) - len(text.lstrip(" "))
    return "&nbsp;" * kept + text[kept:].replace("  ", " &nbsp;")
