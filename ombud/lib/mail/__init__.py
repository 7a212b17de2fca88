"""Everything about understanding and composing a mail; knows bytes and text, no database and no ticket."""

from ombud.lib.mail.addresses import Address, clean_address, read_addresses
from ombud.lib.mail.attached import Part
from ombud.lib.mail.bounces import Bounce
from ombud.lib.mail.compose import CannotCompose, Enclosure, compose
from ombud.lib.mail.forwards import Forwarded
from ombud.lib.mail.html import sanitise, unblock_images
from ombud.lib.mail.language import language_of
from ombud.lib.mail.plain import text_of
from ombud.lib.mail.quotes import split_reply
from ombud.lib.mail.rich import html_of
from ombud.lib.mail.spam import Spam
from ombud.lib.mail.threads import is_forward_subject, subject_core
from ombud.lib.mail.tokens import make_token, read_token, reply_address, without_token
from ombud.lib.mail.understood import NotUnderstood, Understood, understand

__all__ = [
    "Address",
    "Bounce",
    "CannotCompose",
    "Enclosure",
    "Forwarded",
    "NotUnderstood",
    "Part",
    "Spam",
    "Understood",
    "clean_address",
    "compose",
    "html_of",
    "is_forward_subject",
    "language_of",
    "make_token",
    "read_addresses",
    "read_token",
    "reply_address",
    "sanitise",
    "split_reply",
    "subject_core",
    "text_of",
    "unblock_images",
    "understand",
    "without_token",
]
