"""Rows that wait. A due time is a column of the thing that is due; nothing else schedules work.

`work_through` is for work inside the database: a batch of rows is locked, done and committed together.
`lease` is for work that leaves the house: rows are taken for a while, done without a transaction, and come
back by themselves when the worker that took them died.
"""

import logging
from datetime import timedelta
from functools import cache

from django.apps import apps
from django.db import connections, models, transaction

from ombud.lib.glance import Glance
from ombud.lib.prepared import Slot

logger = logging.getLogger(__name__)
BATCH = 200
SETBACK = timedelta(hours=1)


class DueQuerySet(models.QuerySet):
    """Give it to a model as its manager: `objects = DueQuerySet.as_manager()`."""

    due_field = "due_at"

    def due(self, now):
        """What is due, the longest overdue first."""
        return self.filter(**{f"{self.due_field}__lte": now}).order_by(self.due_field, "pk")

    def nothing(self, now):
        """Whether nothing is due: asked outside a transaction, so that an idle desk never takes a lock."""
        if not _anything(type(self), self.model)(now=now)["due"]:
            return True
        return bool(self.query.where) and not self.due(now).exists()  # of some rows only

    def locked(self, now, limit=BATCH):
        """Due rows that no other worker holds; inside a transaction only."""
        due = self.due(now)
        if connections[self.db].features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True, of=("self",))
        return list(due[:limit])

    def work_through(self, now, do, limit=BATCH):
        """Do the work of one batch of due rows in one transaction; says how many were taken.

        `do(row, now=now)` runs with the row's due time already cleared. A row that fails is rolled back by
        itself and waits for SETBACK; the rest of its batch goes on.
        """
        if self.nothing(now):
            return 0
        with transaction.atomic(using=self.db):
            rows = self.locked(now, limit)
            self.filter(pk__in=[row.pk for row in rows]).update(**{self.due_field: None})
            for row in rows:
                setattr(row, self.due_field, None)
                try:
                    with transaction.atomic(using=self.db):
                        do(row, now=now)
                except Exception:
                    logger.exception("%r could not be worked through", row)
                    self.filter(pk=row.pk).update(**{self.due_field: now + SETBACK})
        return len(rows)

    def work_through_together(self, now, do, limit=BATCH):
        """Like `work_through`, for work that is cheaper in one go: `do(rows, now=now)`.

        When the batch fails it is rolled back, and each of its rows is tried by itself.
        """
        if self.nothing(now):
            return 0
        with transaction.atomic(using=self.db):
            rows = self.locked(now, limit)
            self.filter(pk__in=[row.pk for row in rows]).update(**{self.due_field: None})
            if self._together(rows, do, now):
                return len(rows)
        # Fresh rows: a failed attempt leaves traces in those that it had.
        return self.work_through(now, lambda row, now: do([row], now=now), limit)

    def _together(self, rows, do, now):
        for row in rows:
            setattr(row, self.due_field, None)
        try:
            with transaction.atomic(using=self.db):
                do(rows, now=now)
        except Exception:
            logger.exception("a batch could not be worked through; each row is tried by itself")
            transaction.set_rollback(True, using=self.db)
            return False
        return True

    def lease(self, now, until, limit=20, **taken):
        """Take due rows for ourselves until a time; further columns can be set with it."""
        if self.nothing(now):
            return []
        with transaction.atomic(using=self.db):
            rows = self.locked(now, limit)
            self.filter(pk__in=[row.pk for row in rows]).update(**{self.due_field: until}, **taken)
        for row in rows:
            setattr(row, self.due_field, until)
        return rows


@cache
def _anything(queryset, model):
    """Asked of every kind of row several times a second, for ever: so its SQL is made once."""
    return Glance({"due": lambda: queryset(model).due(Slot("now", models.DateTimeField()))})


def next_due(after, until):
    """The first time after one and until another at which anything in the house is due; None if nothing is.

    A story or a simulation that runs due work at each of these times tells what would have happened.
    """
    waiting = [_times(queryset, after, until) for queryset in _querysets()]
    return waiting[0].union(*waiting[1:]).order_by("at").values_list("at", flat=True).first()


def _times(queryset, after, until):
    due = queryset.due_field
    times = queryset.filter(**{f"{due}__gt": after, f"{due}__lte": until}).order_by()
    return times.annotate(at=models.F(due)).values("at")


def _querysets():
    """One of each kind of row that waits; some models wait for two things."""
    managers = (manager for model in apps.get_models() for manager in model._meta.managers)
    found = {}
    for queryset in (manager.all() for manager in managers):
        if isinstance(queryset, DueQuerySet):
            found[queryset.model, queryset.due_field] = queryset
    return list(found.values())
