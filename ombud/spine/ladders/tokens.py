"""The signed way from a mail to "I have it": it names a telling, works without signing in, and ends."""

from datetime import timedelta

from django.core import signing

SALT = "ombud.ladders.have"
LIFE = timedelta(days=14)  # a climb that old is somebody's holiday reading


class FalseToken(ValueError):
    """Nobody here wrote this."""


class OutOfDate(FalseToken):
    """It was ours, too long ago."""


def make_token(telling):
    """For one telling: it says who, for which climb."""
    return signing.dumps(telling.pk, salt=SALT)


def read_token(token):
    """The telling's id. Raises OutOfDate, or FalseToken for what is none of ours."""
    try:
        return signing.loads(token, salt=SALT, max_age=LIFE)
    except signing.SignatureExpired:
        raise OutOfDate(token) from None
    except signing.BadSignature:
        raise FalseToken(token) from None
