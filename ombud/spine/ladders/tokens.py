"""The signed way from a mail to "I have it": it names a telling, works without signing in, and ends."""

from datetime import timedelta

from django.core import signing

SALT = "ombud.ladders.have"
LIFE = timedelta(days=14)  # a climb that old is somebody's holiday reading


def make_token(telling):
    """For one telling: it says who, for which climb."""
    return signing.dumps(telling.pk, salt=SALT)


def read_token(token):
    """The telling's id, or None when the token is false or out of date."""
    try:
        return signing.loads(token, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return None
