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
            if leaf.content_type == "message/rfc822":
                body.enclosed.append(leaf)
        elif leaf.content_type == "text/html":
            rich.append((leaf, _text(leaf, why, html=True)))
        else:
            plain.append((leaf, _text(leaf, why)))
    body.html = "\n".join(html for _, html in rich if html.strip())
    said = [text for leaf, text in plain if text.strip()]
    if body.html and not said:
        body.text = text_of_clean(sanitise(body.html))
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
    out, waiting, depth = [], "", None
    for line in text.split("\n"):
        bare = line.lstrip(">")
        level = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        if depth is not None and level != depth:
            out.append(_quoted(depth, waiting))
            waiting, depth = [], None
        waiting = [*(waiting or ()), bare] if depth is not None else [bare]
        if bare.endswith(" ") and bare != "-- ":
            if delete_space:
                waiting[-1] = bare[:-1]
            depth = level
        else:
            out.append(_quoted(level, waiting))
            waiting, depth = [], None
    if depth is not None:
        out.append(_quoted(depth, waiting))
    return "\n".join(out)


def _quoted(level, pieces):
    return (">" * level + " " if level else "") + "".join(pieces)


def split_of(text, html_split, *, is_reply):
    """The plain text's own split; where it shows no mark but the HTML does, that of the HTML."""
    split = split_reply(text, is_reply=is_reply)
    if split.quoted or not html_split or not html_split.reply:
        return split
    inner = split_reply(text_of_clean(html_split.reply), is_reply=False)
    if not inner.reply or len(inner.reply) > len(text):
        return split
    quoted = text_of_clean(html_split.quoted)
    return Split(inner.reply, quoted, inner.signature, split.mark or "html", -1, html_split.why)
