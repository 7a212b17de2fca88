"""What a letter looks like: signatures, and the quiet HTML frame of what a person writes."""

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language


def signed(text, html, mailbox, person=None, *, language="", quoted=None, lines=()):
    """The finished plain text and HTML document of what a person wrote, with the signatures under it.

    `html` must be safe already. `quoted` is the message that is answered, when its words should go along: a
    dict of `intro` ("Carla wrote on …") and `text`. `lines` are (words, address) said under the signatures.
    """
    signatures = [s.strip() for s in ((person.signature or person.name) if person else "", mailbox.signature)]
    signatures = [signature for signature in signatures if signature]
    plain = text.rstrip() + "\n"
    if signatures:
        plain += "\n-- \n" + "\n\n".join(signatures) + "\n"
    for words, address in lines:
        plain += f"\n{words}\n{address}\n"
    if quoted:
        plain += f"\n{quoted['intro']}\n" + "".join(f"> {line}\n" for line in quoted["text"].splitlines())
    document = render_to_string(
        "post/letter.html",
        {
            "language": language or mailbox.language or get_language() or "en",
            "words": mark_safe(html),
            "signatures": [_lines(signature) for signature in signatures],
            "lines": lines,
            "quoted": quoted and {"intro": quoted["intro"], "words": _lines(quoted["text"])},
        },
    )
    return plain, document


def _lines(text):
    return mark_safe("<br>\n".join(escape(line) for line in text.splitlines()))
