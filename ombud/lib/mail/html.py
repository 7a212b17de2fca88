"""HTML of strangers made harmless, and HTML and plain text turned into each other."""

import html as entities
import re
import secrets

import nh3

# A mail with more tags is a machine's output or an attack; it is shown as text.
MAX_TAGS = 200_000
# Below this many tags even the worst nesting costs the HTML parser some 50 ms; above, tags are levelled first.
_TRUSTED_TAGS = 1_000
# Deeper nesting than this is no layout; the parser's time grows with the square of it.
_DEEPEST = 120
# Attributes of one tag are compared with each other; the longest honest tags carry an image in themselves.
_MOST_ATTRIBUTES = 40

# Marks by which mail programs tell what they quote. They are kept, for folding; all other classes and ids go.
QUOTE_MARKS = frozenset(
    "gmail_quote gmail_quote_container gmail_attr gmail_extra gmail_signature yahoo_quoted moz-cite-prefix"
    " moz-signature protonmail_quote protonmail_signature_block tutanota_quote zmail_extra divRplyFwdMsg appendonsend"
    " OLK_SRC_BODY_SECTION mail-editor-reference-message-container reply-intro isReplyContent isForwardContent"
    " OutlookMessageHeader apple-mail-signature".split()
)

_TAGS = set(
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div"
    " dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt"
    " ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr".split()
)
_WITHOUT_CONTENT = set("script style title template iframe object embed applet svg math noscript noframes xml".split())
_SIZES = {"width", "height", "align"}
_CELL = _SIZES | {"colspan", "rowspan", "valign", "bgcolor"}
_ATTRIBUTES = {
    "*": {"dir", "lang", "class", "id", "title"},
    "a": {"href"},
    "img": {"src", "alt"} | _SIZES,
    "font": {"color"},
    "table": _SIZES | {"border", "cellpadding", "cellspacing", "bgcolor"},
    "td": _CELL,
    "th": _CELL,
    "tr": {"align", "valign", "bgcolor"},
    "col": {"span", "width"},
    "p": {"align"},
    "div": {"align"},
    "ol": {"start", "type"},
    "blockquote": {"type"},
    "time": {"datetime"},
}
# Stands before the address of a remote image while it passes the sanitiser. Nobody can guess it, and if it
# stayed, the browser would not know how to load such an address.
_BLOCK = f"x{secrets.token_hex(8)}:"
_LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_CARRIED = re.compile(r"data:image/(?:png|jpe?g|gif|webp|bmp);base64,", re.IGNORECASE)


def _attribute(tag, name, value):
    if name in ("class", "id"):
        marks = [mark for word in value.split() if (mark := word.removeprefix("x_")) in QUOTE_MARKS]
        return " ".join(marks) or None
    if name == "href":
        return value.strip() if _LINK.match(value.strip()) else None
    if name == "src":
        value = value.strip()
        if _REMOTE.match(value):
            return _BLOCK + ("https:" + value if value[0] == "/" else value)
        return value if value[:4].lower() == "cid:" or _CARRIED.match(value) else None
    return value if len(value) < 500 else None


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_WITHOUT_CONTENT,
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    link_rel="noopener noreferrer nofollow",
    set_tag_attribute_values={"a": {"target": "_blank"}},
    url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
)


def sanitise(html: str) -> str:
    """HTML that runs nothing and loads nothing.

    Remote images have `data-src-blocked` instead of `src`; `cid:` images stay for the caller to resolve.
    """
    tags = html.count("<")
    if tags > MAX_TAGS:
        return html_of(_bare(html))
    if tags > _TRUSTED_TAGS or html.count("=") > 2 * _TRUSTED_TAGS or _LONG_TAG.search(html):
        html = _level(html)
    return _CLEANER.clean(html.replace("\x00", "")).replace(f' src="{_BLOCK}', ' data-src-blocked="').strip()


def unblock_images(html: str) -> str:
    """The same sanitised HTML with its remote images, for a reader who asked for them."""
    return _BLOCKED.sub(r"\1 src=", html)


_BLOCKED = re.compile(r'(<img(?: [a-z-]+="[^"]*")*) data-src-blocked=(?=")')
_LONG_TAG = re.compile(r"<[^>]{5000}")
_RAW_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,20})([^<>]*)>?|<!--.*?(?:-->|\Z)|<[!?][^>]*>?", re.DOTALL)
_RAW_ATTRIBUTE = re.compile(r"""[^\s"'=/]{1,60}\s*(?:=\s*(?:"[^"]*"|'[^']*'|[^\s"']+))?""")
_EMPTY = frozenset("area base br col embed hr img input link meta param source track wbr".split())


def _level(html):
    """Close what was opened in order, and drop what lies too deep, so that the real parser stays quick.

    Only for big documents: it is strict where a browser is lenient, for instance with bare `<` in attributes.
    """
    out, stack, at, raw_until = [], [], 0, None
    for match in _RAW_TAG.finditer(html):
        close, name, rest = match.groups()
        name = name.lower() if name else ""
        if raw_until and not (close and name == raw_until):
            continue
        if not raw_until:
            out.append(html[at : match.start()])
        at = match.end()
        if raw_until:
            raw_until = None
        elif name in _WITHOUT_CONTENT:
            raw_until = None if close else name
        elif name not in _TAGS:
            continue
        elif close:
            if name in stack:
                while (open_name := stack.pop()) != name:
                    out.append(f"</{open_name}>")
                out.append(f"</{name}>")
        elif name in _EMPTY or len(stack) < _DEEPEST:
            if name == "p" and stack and stack[-1] == "p":
                out.append("</p>")
                stack.pop()
            found = _RAW_ATTRIBUTE.findall(rest)[:_MOST_ATTRIBUTES] if rest.strip(" /") else ()
            out.append(f"<{name} {' '.join(found)}>" if found else f"<{name}>")
            if name not in _EMPTY:
                stack.append(name)
    if not raw_until:
        out.append(html[at:])
    return "".join(out)


def _bare(html):
    """The words alone, for what is too big to be laid out."""
    return entities.unescape(_RAW_TAG.sub(" ", html))


# What follows reads sanitised HTML only: every tag is closed there and every attribute stands in double quotes.
TAG = re.compile(r'<(/?)([a-z0-9]+)((?: [a-z-]+="[^"]*")*)>')
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HREF = re.compile(r' href="(https?:[^"]*)"')
_ALT = re.compile(r' alt="([^"\x00-\x7f]{1,8})"')
_BLOCKS = frozenset(
    "address article aside blockquote caption center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_SPACED = frozenset("p h1 h2 h3 h4 h5 h6 ul ol table pre dl blockquote".split())


def text_of(html: str) -> str:
    """Plain text of any HTML; quotes as `> `, lists with dashes or numbers, links with their address behind."""
    return text_of_clean(sanitise(html))


def text_of_clean(html: str) -> str:
    """Like `text_of`, for HTML that `sanitise` has already seen."""
    page = _Page()
    at = 0
    for match in TAG.finditer(html):
        if match.start() > at:
            page.words(html[at : match.start()])
        at = match.end()
        close, name, attributes = match.groups()
        if close:
            page.close(name)
        else:
            page.open(name, attributes)
    page.words(html[at:])
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
