"""Passwords of mailboxes: encrypted in the database, readable with the installation's key only."""

from cryptography.fernet import InvalidToken
from django.conf import settings

from ombud.lib.secret_keys import vault


class LostKey(Exception):
    """The password was encrypted with a key that this installation no longer has."""


def encrypt(password):
    """What may be stored of a password; nothing for none."""
    return _vault().encrypt(password.encode()).decode("ascii") if password else ""


def decrypt(stored):
    """The password again. Raises LostKey when the key was changed without keeping the old one."""
    if not stored:
        return ""
    try:
        return _vault().decrypt(stored.encode("ascii")).decode()
    except InvalidToken:
        raise LostKey from None


def _vault():
    return vault([settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])
