"""Pages of a list by key: a cursor says after which row to go on, so that new rows move nothing."""

import base64
import binascii
import json
from datetime import datetime

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
    """One page of a list in the order of a unique column, as (keys, cursor of the next page or None).

    Keys only: the database finds them by an index alone, and reads whole rows of nothing but this page.
    """
    if cursor:
        (after,) = decode(cursor, int)
        rows = rows.filter(**{f"{key}__{'lt' if descending else 'gt'}": after})
    keys = list(rows.order_by(f"-{key}" if descending else key).values_list(key, flat=True)[: limit + 1])
    return keys[:limit], encode(keys[limit - 1]) if len(keys) > limit else None


def page_by_time(rows, column, key, cursor, limit):
    """The same in the order of a time, the earliest first; the unique column decides between equal ones."""
    if cursor:
        said, after = decode(cursor, str, int)
        at = time("cursor", said)
        rows = rows.filter(Q(**{f"{column}__gt": at}) | Q(**{column: at, f"{key}__gt": after}))
        rows = rows.filter(**{f"{column}__gte": at})
    found = list(rows.order_by(column, key).values_list(column, key)[: limit + 1])
    page, more = found[:limit], len(found) > limit
    return [row[1] for row in page], encode(page[-1][0].isoformat(), page[-1][1]) if more else None


def time(field, said):
    """A time with its offset; `field` is refused otherwise."""
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Refusal(422, fields={field: [_("This is no time with an offset, such as 2026-03-02T09:30Z.")]})
    return at


def part(keys, cursor, limit):
    """The same of keys that are here already, in falling order."""
    if cursor:
        (after,) = decode(cursor, int)
        keys = [key for key in keys if key < after]
    return keys[:limit], encode(keys[limit - 1]) if len(keys) > limit else None


def counted(rows, key="id"):
    """How many there are, and whether counting stopped early; by a column that the lists' indexes hold."""
    many = rows.order_by().values(key)[: COUNTED + 1].count()
    return {"count": min(many, COUNTED), "count_capped": many > COUNTED}
