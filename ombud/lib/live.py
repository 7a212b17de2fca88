"""Live updates between processes: who may listen (a signed, short-lived token) and how to ring the bell.

The stream carries ids only, so that the token is all the permission it needs; what an id stands for is
fetched by a page, which asks the usual permissions.
"""

import time
from datetime import timedelta

from django.core import signing
from django.db import connection

CHANNEL = "ombud"  # PostgreSQL's NOTIFY channel
LIFE = timedelta(minutes=10)  # somebody who signed out hears ids for no longer than this
SALT = "ombud.live"


def make_token(person_id, now=None):
    """A token for this person's stream at /live/?token=…, good for LIFE from `now` (default: the present)."""
    until = _epoch(now) + LIFE.total_seconds()
    return signing.Signer(salt=SALT).sign_object({"person": person_id, "until": int(until)})


def read_token(token, now=None):
    """Who holds this token and until when (epoch seconds), or None when it is false or out of date."""
    try:
        said = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return (said["person"], said["until"]) if said["until"] > _epoch(now) else None


def ring():
    """Tell the other processes, when this transaction commits, that something changed that is no event.

    For what rooms offer as `live_sources` (presence). On SQLite every commit rings by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def _epoch(now):
    return now.timestamp() if now else time.time()
