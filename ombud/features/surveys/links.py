"""The signed way from a mail to an answer. It names an ask; the ask says whether it still opens anything."""

from django.conf import settings
from django.core import signing
from django.urls import NoReverseMatch, reverse

from ombud.foundation.people.branding import base_address, default_brand

SALT = "ombud.surveys.ask"


class FalseLink(ValueError):
    """Nobody here wrote this."""


def make_token(ask):
    """For one ask, always the same."""
    return _signer().sign_object(ask.pk)


def read_token(token):
    """The ask's id. Raises FalseLink for what is none of ours."""
    try:
        pk = _signer().unsign_object(token)
    except (signing.BadSignature, ValueError):
        raise FalseLink(token) from None
    if not isinstance(pk, int):
        raise FalseLink(token)
    return pk


def _signer():
    return signing.Signer(salt=SALT, sep=".")


def brand_of(ask):
    """The brand under which this customer knows us."""
    mailbox = ask.ticket.mailbox if ask.ticket_id else None
    return (mailbox.brand if mailbox else None) or default_brand()


def link(ask, score=None):
    """The address of an ask's page, with a score chosen already; "" while nobody has said where that is."""
    args = (make_token(ask),) if score is None else (make_token(ask), score)
    base = base_address(brand_of(ask))
    try:
        return base + reverse(settings.SURVEY_PAGE, args=args) if base else ""
    except NoReverseMatch:  # a desk without that door
        return ""
