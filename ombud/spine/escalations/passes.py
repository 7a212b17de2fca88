"""The signed form of a pass, as it stands in a link. Revoking and ending are the row's."""

from django.core import signing

from .models import Pass
from .theirs import may_enter

SALT = "ombud.escalations.pass"


class FalsePass(ValueError):
    """Nobody here gave this."""


class Ended(FalsePass):
    """It was given, and is over: revoked, out of date, or not for this ticket any more."""


def token_of(given):
    """What stands in the link: for one pass always the same."""
    return _signer().sign_object(given.pk)


def read_pass(token, now):
    """The pass with its ticket and customer. Raises Ended, or FalsePass for what is none of ours.

    A merged ticket goes on in its survivor, as far as whoever has the pass may read that one.
    """
    try:
        pk = _signer().unsign_object(token)
    except (signing.BadSignature, ValueError):
        raise FalsePass(token) from None
    rows = Pass.objects.select_related(
        "ticket__customer", "ticket__account", "ticket__mailbox__brand", "ticket__case", "customer"
    )
    given = rows.filter(pk=pk).first() if isinstance(pk, int) else None
    if given is None:
        raise FalsePass(token)
    if given.revoked_at or given.expires_at <= now:
        raise Ended(token)
    before = given.ticket
    while given.ticket.merged_into_id:
        given.ticket = given.ticket.merged_into
    if not may_enter(given, before):
        raise Ended(token)
    return given


def _signer():
    return signing.Signer(salt=SALT, sep=".")
