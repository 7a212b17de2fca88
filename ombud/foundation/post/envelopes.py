"""A letter as bytes, and whose names stand on the envelope."""

import re

from ombud.lib import files
from ombud.lib.mail.addresses import Address
from ombud.lib.mail.compose import Enclosure, compose


def content_of(letter):
    """The same bytes each time: a letter that goes out again is the same letter. Bcc is not in them.

    Raises CannotCompose for a field that must not go into a mail, FileNotFoundError for a lost attachment.
    """
    return compose(
        from_=Address(letter.from_name, letter.mailbox.address),
        to=_addresses(letter.to),
        cc=_addresses(letter.cc),
        reply_to=[Address(letter.from_name, letter.reply_to)] if letter.reply_to else (),
        subject=letter.subject,
        text=letter.text,
        html=letter.html or None,
        message_id=letter.message_id,
        date=letter.created_at,
        in_reply_to=_usable(letter.in_reply_to),
        references=letter.references,
        headers=letter.headers,
        attachments=[_enclosure(attachment) for attachment in letter.attachments],
    )


def recipients_of(letter):
    """Everyone whose server has not taken it yet, each once."""
    addresses = dict.fromkeys(address for _name, address in (*letter.to, *letter.cc, *letter.bcc))
    return [address for address in addresses if address not in letter.accepted]


def _usable(message_id):
    """Ids come from other people's mail programs; one that no header may hold must not stop our answer."""
    return message_id if re.fullmatch(r"<[!-;=?-~]{1,900}>", message_id.strip()) else None


def _addresses(people):
    return [Address(name, address) for name, address in people]


def _enclosure(attachment):
    return Enclosure(
        name=attachment["name"],
        content=files.read(attachment["sha256"]),
        content_type=attachment["content_type"],
        content_id=attachment.get("content_id", "") if attachment.get("inline") else "",
    )
