"""The signed way from a mail to an answer: it names a bundle and a request, needs no sign-in, and ends."""

from datetime import timedelta

from django.core import signing

SALT = "ombud.quiet_status.answer"
LIFE = timedelta(days=14)  # what was asked longer ago has been asked again


class FalseToken(ValueError):
    """Nobody here wrote this."""


class OutOfDate(FalseToken):
    """It was ours, too long ago."""


def make_token(bundle_id, request_id):
    """For one question of one bundle: the request says whom it asks."""
    return signing.dumps([bundle_id, request_id], salt=SALT)


def read_token(token):
    """(bundle id, request id). Raises OutOfDate, or FalseToken for what is none of ours."""
    try:
        bundle_id, request_id = signing.loads(token, salt=SALT, max_age=LIFE)
    except signing.SignatureExpired:
        raise OutOfDate(token) from None
    except (signing.BadSignature, TypeError, ValueError):
        raise FalseToken(token) from None
    return bundle_id, request_id
