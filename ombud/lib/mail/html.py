"""HTML of strangers made harmless."""

import html as entities
import re
import secrets

import nh3

from ombud.lib.mail.words import words

# A mail with more tags is a machine's output or an attack; it is shown as text.
MAX_TAGS = 200_000
# Below this many tags even the worst nesting costs the HTML parser some 50 ms; above, tags are levelled
# first.
_TRUSTED_TAGS = 1_000
# Deeper nesting than this is no layout; the parser's time grows with the square of it.
_DEEPEST = 120
# Attributes of one tag are compared with each other; the longest honest tags carry an image in themselves.
_MOST_ATTRIBUTES = 40

# Marks by which mail programs tell what they quote. They are kept, for folding; all other classes and ids go.
QUOTE_MARKS = words(
    "gmail_quote gmail_quote_container gmail_attr gmail_extra gmail_signature yahoo_quoted moz-cite-prefix"
    " moz-signature protonmail_quote protonmail_signature_block tutanota_quote zmail_extra divRplyFwdMsg"
    " appendonsend"
    " OLK_SRC_BODY_SECTION mail-editor-reference-message-container reply-intro isReplyContent"
    " isForwardContent"
    " OutlookMessageHeader apple-mail-signature"
)

_TAGS = words(
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del"
    " details dfn div"
    " dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p"
    " pre q rp rt"
    " ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u"
    " ul var wbr"
)
_WITHOUT_CONTENT = words(
    "script style title template iframe object embed applet svg math noscript noframes xml"
)
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
    tags=set(_TAGS),
    clean_content_tags=set(_WITHOUT_CONTENT),
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
        return f"<pre>{entities.escape(_bare(html), quote=False)}</pre>"
    if tags > _TRUSTED_TAGS or html.count("=") > 2 * _TRUSTED_TAGS or _LONG_TAG.search(html):
        html = _level(html)
    return _CLEANER.clean(html.replace("\x00", "")).replace(f' src="{_BLOCK}', ' data-src-blocked="').strip()


def unblock_images(html: str) -> str:
    """The same sanitised HTML with its remote images, for a reader who asked for them."""
    return _BLOCKED.sub(r"\1 src=", html)


_BLOCKED = re.compile(r'(<img(?: [a-z-]+="[^"]*")*) data-src-blocked=(?=")')
_LONG_TAG = re.compile(r"<[^>]{1000}")
_RAW_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,20})([^<>]*)>?|<!--.*?(?:-->|\Z)|<[!?][^>]*>?", re.DOTALL
)
_RAW_ATTRIBUTE = re.compile(r"""[^\s"'=/]{1,60}\s*(?:=\s*(?:"[^"]*"|'[^']*'|[^\s"']+))?""")
EMPTY = words("area base br col embed hr img input link meta param source track wbr")
# Elements that the next of their kind ends without a word.
_ENDS = {
    "p": ("p",),
    "li": ("p", "li"),
    "dt": ("p", "dt", "dd"),
    "dd": ("p", "dt", "dd"),
    "td": ("p", "td", "th"),
    "th": ("p", "td", "th"),
    "tr": ("p", "td", "th", "tr"),
}


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
        elif name in EMPTY or len(stack) < _DEEPEST:
            while stack and stack[-1] in _ENDS.get(name, ()):
                out.append(f"</{stack.pop()}>")
            found = _RAW_ATTRIBUTE.findall(rest)[:_MOST_ATTRIBUTES] if rest.strip(" /") else ()
            out.append(f"<{name} {' '.join(found)}>" if found else f"<{name}>")
            if name not in EMPTY:
                stack.append(name)
    if not raw_until:
        out.append(html[at:])
    return "".join(out)


def _bare(html):
    """The words alone, for what is too big to be laid out."""
    return entities.unescape(_RAW_TAG.sub(" ", html)).replace("\x00", "")
