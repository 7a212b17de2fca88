"""The signed form of a pass, as it stands in a link. Revoking and ending are the row's."""

from django.core import signing

from .models import Pass

SALT = "ombud.escalations.pass"


class FalsePass(ValueError):
    """Nobody here gave this."""


class Ended(FalsePass):
    """It was given, and is over: revoked, or out of date."""


def token_of(given):
    """What stands in the link."""
    return signing.dumps(given.pk, salt=SALT)


def read_pass(token, now):
    """The pass with its ticket and customer. Raises Ended, or FalsePass for what is none of ours."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise FalsePass(token) from None
    rows = Pass.objects.select_related("ticket__customer", "ticket__account", "ticket__mailbox", "customer")
    given = rows.filter(pk=pk).first()
    if given is None:
        raise FalsePass(token)
    if given.revoked_at or given.expires_at <= now:
        raise Ended(token)
    while given.ticket.merged_into_id:  # it goes on in the survivor
        given.ticket = given.ticket.merged_into
    return given
