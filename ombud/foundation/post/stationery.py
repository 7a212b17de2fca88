"""What a letter looks like: signatures, the quiet HTML frame of what a person writes, and the sheet.

A sheet is for a letter of weight, such as an update: its parts under headings, what comes next on a card, and
one button. It says what the plain text says, drawn by tables and inline styles, as mail programs bear it.
"""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from ombud.lib.colours import accents
from ombud.lib.mail import html_of
from ombud.lib.sentences import first_sentence


@dataclass(frozen=True)
class Sheet:
    """What stands on one, all in plain text and one language.

    `parts` are (heading, words); the first sentence of the words stands out. `again` is (words, softer words)
    on the card. `button` is what is written on the button to the first of the letter's lines, if it has any.
    """

    brand: str
    accent: str
    title: str
    about: str
    parts: tuple
    again: tuple
    button: str
    reach: str
    language: str


def signed(text, html, mailbox, person=None, *, language="", quoted=None, lines=(), sheet=None):
    """The finished plain text and HTML document of what a person wrote, with the signatures under it.

    `html` must be safe already. `quoted` is the message that is answered, when its words should go along: a
    dict of `intro` ("Carla wrote on …") and `text`. `lines` are (words, address) said under the signatures.
    With a `sheet` (Sheet) the HTML document is that, in place of `html`; the plain text is the same.
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
    shared = {
        "language": sheet.language if sheet else language or mailbox.language or get_language() or "en",
        "signatures": [_lines(signature) for signature in signatures],
        "quoted": quoted and {"intro": quoted["intro"], "words": _lines(quoted["text"])},
    }
    if sheet:
        return plain, _drawn(sheet, shared, list(lines))
    return plain, render_to_string("post/letter.html", shared | {"words": mark_safe(html), "lines": lines})


def _drawn(sheet, shared, lines):
    day, night = accents(sheet.accent)
    (_words, address), *more = lines or [("", "")]
    drawn = {
        "sheet": sheet,
        "parts": [_part(heading, words) for heading, words in sheet.parts],
        "address": address,
        "lines": more,
        "day": day,
        "night": night,
    }
    return render_to_string("post/sheet.html", shared | drawn)


def _part(heading, words):
    first, rest = first_sentence(words)
    return {"heading": heading, "first": _paragraphs(first), "rest": _paragraphs(rest)}


def _paragraphs(words):
    """As HTML; the margins stand in each paragraph, for programs that drop the style sheet."""
    return mark_safe(html_of(words).replace("<p>", '<p style="margin: 0 0 6px;">'))


def _lines(text):
    return mark_safe("<br>\n".join(escape(line) for line in text.splitlines()))
