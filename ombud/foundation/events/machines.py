"""Which machine's token acts just now, so that the log can name it. A door for machines says so, nobody else.

`by` is who is responsible: a person of ours, or nobody. The token is only the way in, as a session is; so it
is kept beside the verbs, which need not know of it.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_token = ContextVar("the token that acts", default=None)


@contextmanager
def a_visit():
    """What is recorded until the end carries the token that was shown, if one is; then it is forgotten."""
    before = _token.set(None)
    try:
        yield
    finally:
        _token.reset(before)


def shown(token_id):
    """The machine that visits has shown this token. Only inside of `a_visit`."""
    _token.set(token_id)


def token_id():
    """The token that acts, or None when no machine does."""
    return _token.get()
