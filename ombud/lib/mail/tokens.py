"""Signed ticket numbers for reply addresses and Message-IDs, so that an answer finds its ticket."""

import hmac
import re
from base64 import b32encode

# 12 letters of base 32 are 60 bits: nobody guesses one, and with a ten-digit number it stays within 24
# letters.
_SIGNATURE_LENGTH = 12
_TOKEN = re.compile(r"(?<![a-z0-9])t([1-9][0-9]{0,9})\.([a-z2-7]{12})(?![a-z0-9])", re.IGNORECASE)
# A header may carry many look-alikes; ours stands among the first.
_MOST_TRIED = 50


def make_token(key: bytes, number: int) -> str:
    """`t1001.abcdefghijkl` for ticket 1001: small letters only, since some servers lower-case addresses."""
    if not 0 < number < 10**10:
        raise ValueError(f"A ticket number has one to ten digits, not {number}.")
    return f"t{number}.{_signature(key, number)}"


def read_token(key: bytes, text: str) -> int | None:
    """The ticket number in an address (`support+t1001.…@desk.test`) or in Message-IDs, if we signed it.

    `text` may hold several ids; the first that is truly signed counts. None for none and for a forged one.
    """
    for tried, match in enumerate(_TOKEN.finditer(text)):
        if tried >= _MOST_TRIED:
            return None
        number = int(match.group(1))
        if hmac.compare_digest(_signature(key, number), match.group(2).lower()):
            return number
    return None


def reply_address(address: str, token: str) -> str:
    """The mailbox's address with the token behind a plus: `support+t1001.…@desk.test`."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}"


def without_token(address: str) -> str:
    """The mailbox's own address again, whether the token in it is genuine or not."""
    local, _, domain = address.rpartition("@")
    base, plus, tag = local.rpartition("+")
    return f"{base}@{domain}" if plus and _TOKEN.fullmatch(tag) else address


def _signature(key, number):
    digest = hmac.digest(key, f"ombud ticket {number}".encode(), "sha256")
    return b32encode(digest).decode("ascii").lower()[:_SIGNATURE_LENGTH]
