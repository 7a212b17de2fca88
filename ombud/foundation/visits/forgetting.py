"""Links and visits that are long over are forgotten."""

from datetime import timedelta

from .models import Visit, WayIn

KEPT = timedelta(days=7)  # somebody may ask why a link did not work
LOOKS = timedelta(minutes=10)  # the clock asks several times a second; nothing here is urgent
MOST = 500  # rows at once: on SQLite people wait while they are deleted

_last_look = {}


def forget_old(now):
    """Delete what is out of date; says how many rows."""
    if _last_look and now < _last_look["at"] + LOOKS:
        return 0
    gone = sum(_delete(kind.objects.filter(expires_at__lte=now - KEPT)) for kind in (WayIn, Visit))
    if not gone:
        _last_look["at"] = now
    return gone


def _delete(rows):
    keys = list(rows.values_list("pk", flat=True)[:MOST])
    if keys:
        rows.model.objects.filter(pk__in=keys).delete()
    return len(keys)
