"""Parts of long lists: each page begins where the one before ended, so all are quick."""

from django.core import signing
from django.db.models import Q

PAGE = 50


def page_by_name(rows, after):
    """Fifty rows ordered by name, and the mark after which the next page begins (or None)."""
    try:
        name, pk = signing.loads(after) if after else (None, None)
    except signing.BadSignature:
        name = pk = None
    if pk is not None:
        rows = rows.filter(name__gte=name).filter(Q(name__gt=name) | Q(name=name, pk__gt=pk))
    found = list(rows.order_by("name", "pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], last and signing.dumps([last.name, last.pk])


def page_before(rows, mark, count=PAGE):
    """Of rows that come newest first: those older than the mark, and where the next page begins (or None)."""
    if mark.isdigit():
        rows = rows.filter(pk__lt=int(mark))
    found = list(rows[: count + 1])
    return found[:count], found[count - 1].pk if len(found) > count else None


def by_use(rows):
    """What is in use, and what was taken out of use."""
    rows = list(rows)
    return [row for row in rows if not row.archived_at], [row for row in rows if row.archived_at]
