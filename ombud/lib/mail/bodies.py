"""The text and the HTML of a mail, chosen and joined from its parts."""

from dataclasses import dataclass, field

from ombud.lib.mail.charsets import decode
from ombud.lib.mail.html import sanitise
from ombud.lib.mail.plain import text_of_clean
from ombud.lib.mail.quotes import Split, split_reply

# Cut from a text, however it was declared; more than a library of books is no letter.
_LONGEST = 30_000_000
# Machine-made copies of the text for other programs; the text itself is there in another form.
_COPIES = frozenset(("text/x-amp-html", "text/watch-html"))


@dataclass
class Bodies:
    """What was read, and which parts remain as files. `enclosed` are whole mails."""

    text: str = ""
    html: str = ""
    clean_html: str | None = None  # only if the text had to be made from it
    files: list = field(default_factory=list)
    enclosed: list = field(default_factory=list)


def read_bodies(leaves, why):
    """The plain text (derived from the HTML where there is no other), the raw HTML, and the files."""
    body = Bodies()
    plain, rich = [], []
    for leaf in leaves:
        if leaf.content_type in _COPIES and "alternative" in leaf.inside:
            continue
        if not _is_text(leaf):
            body.files.append(leaf)
            if leaf.content_type == "message/rfc822" and "digest" not in leaf.inside:
                body.enclosed.append(leaf)
        elif leaf.content_type == "text/html":
            rich.append((leaf, _text(leaf, why, html=True)))
        else:
            plain.append((leaf, _text(leaf, why)))
    body.html = "\n".join(html for _, html in rich if html.strip())
    said = [text for leaf, text in plain if text.strip()]
    if body.html and not said:
        body.clean_html = sanitise(body.html)
        body.text = text_of_clean(body.clean_html)
        why.append("It has no plain text; the text was made from the HTML.")
    else:
        # Apple Mail writes one part per paragraph between pictures, some plain, some HTML.
        alone = [html for leaf, html in rich if "alternative" not in leaf.inside and said and html.strip()]
        said += [text_of_clean(sanitise(html)) for html in alone]
        body.text = "\n\n".join(text.strip("\n") for text in said) if len(said) > 1 else "".join(said)
    body.text = body.text.strip("\n")
    return body


def _is_text(leaf):
    """Text that is to be read in the mail, not a file that happens to be text."""
    if leaf.content_type not in ("text/plain", "text/html", "text/enriched", "text/richtext"):
        return False
    if leaf.disposition == "attachment":
        return False
    return not (leaf.disposition_parameters.get("filename") or (leaf.parameters.get("name") and leaf.inside))


def _text(leaf, why, html=False):
    declared = leaf.parameters.get("charset")
    text, guessed = decode(leaf.content()[:_LONGEST], declared)
    if guessed:
        why.append(guessed)
    text = text.replace("\x00", "").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not html and leaf.parameters.get("format", "").lower() == "flowed":
        text = unflow(text, leaf.parameters.get("delsp", "").lower() == "yes")
    return text


def unflow(text, delete_space):
    """RFC 3676: lines that end in a space go on in the next line of the same quote depth."""
    out, waiting, depth = [], [], 0
    for line in text.split("\n"):
        bare = line.lstrip(">")
        level = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        if waiting and level != depth:
            out.append(_quoted(depth, waiting))
            waiting = []
        depth = level
        if bare.endswith(" ") and bare != "-- ":
            waiting.append(bare[:-1] if delete_space else bare)
            continue
        waiting.append(bare)
        out.append(_quoted(level, waiting))
        waiting = []
    if waiting:
        out.append(_quoted(depth, waiting))
    return "\n".join(out)


def _quoted(level, pieces):
    return (">" * level + " " if level else "") + "".join(pieces)


def split_of(text, html_split, *, is_reply, derived):
    """The plain text's own split, or that of the HTML where the text shows no mark or was made from it."""
    split = split_reply(text, is_reply=is_reply)
    if not html_split or not html_split.reply or (split.quoted and not derived):
        return split
    inner = split_reply(html_split.reply_text, is_reply=False)
    if not inner.reply or len(inner.reply) > len(text):
        return split
    quoted = text_of_clean(html_split.quoted)
    return Split(inner.reply, quoted, inner.signature, split.mark or "html", split.cut_at, html_split.why)
