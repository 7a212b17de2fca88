"""What is new in the log, for those who watch it from another process."""

from django.db import connection

from ombud.foundation.events.models import Event

WINDOW = 500  # ids that are looked at again on PostgreSQL, where a later number may become visible first
MOST = 1000  # events told one by one; more than that is told as "look at everything again"


class News:
    """Reads the log forwards, and never tells the same event twice."""

    def __init__(self):
        self.window = WINDOW if connection.vendor == "postgresql" else 0
        self.last = newest()
        self.told = set(self._ids_since(self.last - self.window)) if self.window else set()

    def fresh(self):
        """Events that became visible since the last call, as (id, verb, case id)."""
        rows = [row for row in since(self.last - self.window) if row[0] not in self.told]
        if rows:
            self.last = max(self.last, max(row[0] for row in rows))
        if self.window:
            self.told = {number for number in self.told if number > self.last - self.window}
            self.told.update(row[0] for row in rows)
        return rows

    def _ids_since(self, number):
        return Event.objects.filter(id__gt=number).values_list("id", flat=True)


def newest():
    return Event.objects.order_by("-id").values_list("id", flat=True).first() or 0


def since(number, limit=None):
    """Events after this id, as (id, verb, case id), oldest first."""
    return list(
        Event.objects.filter(id__gt=number).order_by("id").values_list("id", "verb", "case_id")[:limit]
    )


def told(rows, last):
    """What a browser is told of these events: whose history grew, and how. Ids only."""
    if len(rows) > MOST:
        return {"cases": [], "verbs": [], "last": last, "everything": True}
    cases = sorted({case for _, _, case in rows if case is not None})
    return {"cases": cases, "verbs": sorted({verb for _, verb, _ in rows}), "last": last}
