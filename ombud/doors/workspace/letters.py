"""A received mail's HTML, made ready for its frame: what was quoted folded, its own pictures found."""

import re

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from ombud.lib.mail.html_quotes import without_quote
from ombud.lib.mail.words import words

TAG = re.compile(r"<([a-z][a-z0-9]*)")
SIMPLE = words(
    "a abbr b bdi bdo blockquote br code del div em i ins li ol p pre q s samp small span strike strong sub"
    " sup tt u ul wbr"
)
CID = re.compile(r'src="cid:([^"]*)"', re.IGNORECASE)
FOLD = (
    '{reply}<details><summary title="{title}" style="cursor:pointer;color:#666">•••</summary>'
    "{quoted}</details>"
)


def attachment_url(row):
    """The address of a file."""
    return reverse("workspace:attachment", args=[row.pk, row.name.replace("/", "_") or "file"])


def is_simple(html):
    """Whether a letter is only words and links, which can stand on our own paper; all else gets a frame."""
    return set(TAG.findall(html)) <= SIMPLE


def parted(html):
    """A simple letter's new words and what it quotes (or nothing), both as HTML."""
    split = without_quote(html)
    return (split.reply, split.quoted) if split and split.reply else (html, "")


def folded(html):
    """The same HTML with what it quotes behind a mark; whole where that cannot be told."""
    split = without_quote(html)
    if split is None or split.reply is None or not split.quoted:
        return html
    return FOLD.format(reply=split.reply, title=escape(_("What was quoted")), quoted=split.quoted)


def resolved(html, message):
    """Pictures named by Content-ID, with the addresses of the message's own files."""
    known = {row.content_id.strip("<>"): row for row in message.attachments.all() if row.content_id}

    def address(found):
        row = known.get(found[1].strip("<>"))
        return f'src="{escape(attachment_url(row))}"' if row else 'src=""'

    return CID.sub(address, html)


def shown_in_html(message):
    """The ids of files that stand inside the letter and need no name beneath it."""
    inside = {cid.strip("<>") for cid in CID.findall(message.html)}
    return {
        row.pk for row in message.attachments.all() if row.content_id and row.content_id.strip("<>") in inside
    }
