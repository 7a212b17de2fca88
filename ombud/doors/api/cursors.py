"""Pages of a list by key: a cursor says after which row to go on, so that new rows move nothing."""

import base64
import binascii
import json

from django.db.models import Q
from django.utils.translation import gettext as _

from .errors import Refusal

COUNTED = 10_000  # more are not counted: on a million rows that would take longer than the page


def encode(*values):
    """An opaque cursor for these plain values."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def decode(cursor, *kinds):
    """The values again; refuses what we did not make."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if isinstance(values, list) and [type(value) for value in values] == list(kinds):
            return values
    except (binascii.Error, ValueError):
        pass
    raise Refusal(422, fields={"cursor": [_("This cursor is none of ours; begin without one.")]})


def page(rows, key, cursor, limit, *, descending=False):
    """One page of rows in the order of a unique column, as (rows, cursor of the next page or None)."""
    if cursor:
        (after,) = decode(cursor, int)
        rows = rows.filter(Q(**{f"{key}__{'lt' if descending else 'gt'}": after}))
    found = list(rows.order_by(f"-{key}" if descending else key)[: limit + 1])
    more = len(found) > limit
    return found[:limit], encode(getattr(found[limit - 1], key)) if more else None


def counted(rows):
    """How many there are and whether counting stopped early."""
    many = rows.order_by().values("pk")[: COUNTED + 1].count()
    return {"count": min(many, COUNTED), "count_capped": many > COUNTED}
