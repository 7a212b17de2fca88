"""Fills a desk with open promises: bare tickets and their clocks, by COPY or executemany."""

import json
import random
import time
from datetime import timedelta

from django.db import connection, transaction

from ombud.foundation.clock import actions as clock
from ombud.foundation.clock.queries import default_calendar
from ombud.foundation.events.models import Case
from ombud.foundation.events.tray import work_tray
from ombud.spine.sla import actions as sla
from ombud.spine.sla.models import Agreement, Promise, State
from ombud.spine.tickets.models import Status, Ticket
from ombud.spine.tickets.numbers import FIRST

from .fill import Filling, say

EACH = 2  # promises on a ticket
BATCH = 50_000  # tickets at once
HOUR = 3600
SOONEST = timedelta(hours=1)  # nothing falls due by itself while it is measured
SPREAD = timedelta(days=30)
CALENDAR = {
    "timezone": "Europe/Amsterdam",
    "hours": {day: [["09:00", "12:30"], ["13:00", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "holidays": ["NL"],
}
WARNINGS = [
    {"percent": 75, "to": "holder", "by": "product"},
    {"percent": 100, "to": "holder", "by": "mail"},
    {"percent": 100, "to": "leads", "by": "digest"},
]


def fill_promises(count, now):
    """A desk on which `count` promises are open: most run, some are paused, some broken and still owed."""
    began = time.monotonic()
    filling = Filling(200, now)
    filling.people()
    policy = _policy(now)
    while work_tray(now):  # or the work process would look at every ticket again, as the calendar is new
        pass
    for at in range(0, count, BATCH * EACH):
        with transaction.atomic():
            _some(min(BATCH * EACH, count - at) // EACH, at // EACH, filling, policy, now)
        say(f"{min(at + BATCH * EACH, count):,} of {count:,} promises")
    filling.count = count // EACH
    filling.finish()
    say(f"{count:,} promises in {time.monotonic() - began:.0f} s\n")


def _policy(now):
    week = clock.keep_calendar(calendar=default_calendar(), name="Support", plan=CALENDAR, by=None, now=now)
    kinds = {
        "first_reply": {"seconds": 4 * HOUR, "calendar": week.pk},
        "resolution": {"seconds": 40 * HOUR, "calendar": week.pk},
    }
    terms = {"targets": {f"p{n}": kinds for n in range(1, 5)}, "pauses": ["waiting"], "warnings": WARNINGS}
    return sla.keep_policy(name="All", conditions={}, terms=terms, by=None, now=now)


def _some(tickets, at, filling, policy, now):
    dice = random.Random(at)
    first = (Case.objects.order_by("pk").values_list("pk", flat=True).last() or 0) + 1
    cases = range(first, first + tickets)
    _insert(Case, Case(kind="ticket"), ({"id": case} for case in cases))
    _insert(
        Ticket, _ticket(filling, now), (_differs(at, n, case, filling, dice) for n, case in enumerate(cases))
    )
    agreement = Agreement(version=policy.version, priority="p3", status="open", opened_at=now)
    _insert(Agreement, agreement, ({"ticket_id": case} for case in cases))
    promise = Promise(version=policy.version, calendar_id=default_calendar().pk, started_at=now, seconds=HOUR)
    _insert(Promise, promise, (row for case in cases for row in _promises(case, dice, now)))


def _ticket(filling, now):
    return Ticket(
        subject="Where is my parcel",
        status=Status.OPEN,
        mailbox=filling.mailbox,
        channel="email",
        created_at=now,
        updated_at=now,
        last_message_at=now,
        touched_at=now,
    )


def _differs(at, n, case, filling, dice):
    customer = dice.choice(filling.customers)
    return {
        "case_id": case,
        "number": FIRST + at + n,
        "customer_id": customer.pk,
        "account_id": customer.account_id,
        "assignee_id": dice.choice(filling.agents).pk,
        "team_id": dice.choice(filling.teams).pk,
    }


def _promises(case, dice, now):
    for kind in ("first_reply", "resolution")[:EACH]:
        due = now + SOONEST + SPREAD * dice.random()
        near = due - SOONEST / 4
        row = {"ticket_id": case, "kind": kind, "due_at": due, "near_at": near, "fires_at": near}
        row["alarms"] = json.dumps([[near.isoformat(), 75]])
        state = dice.random()
        if state < 0.1:
            row |= {"state": State.PAUSED, "due_at": None, "left": HOUR, "alarms": "[]"}
            row["pauses"] = json.dumps([[now.isoformat(), None, "waiting"]])
        elif state < 0.15:
            past = now - SPREAD * dice.random()
            row |= {
                "state": State.BROKEN,
                "due_at": past,
                "broken_at": past,
                "fires_at": None,
                "alarms": "[]",
            }
        yield row


def _insert(model, like, rows):
    """Rows that are like an unsaved one but for some columns; as quickly as the database takes them."""
    columns = {field.column: field for field in model._meta.concrete_fields}
    same = {
        name: field.get_db_prep_save(getattr(like, field.attname), connection)
        for name, field in columns.items()
    }
    same = {name: _plain(value) for name, value in same.items()}
    rows = [same | {name: _adapted(value) for name, value in row.items()} for row in rows]
    names = [name for name in columns if name in rows[0] and not (name == "id" and rows[0]["id"] is None)]
    values = ([row[name] for name in names] for row in rows)
    table, listed = model._meta.db_table, ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({listed}) FROM STDIN') as copy:
                for value in values:
                    copy.write_row(value)
            if "id" in names:
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
                )
        else:
            cursor.executemany(
                f'INSERT INTO "{table}" ({listed}) VALUES ({", ".join(["%s"] * len(names))})', values
            )


def _plain(value):
    """COPY takes JSON as text."""
    return json.dumps(value.obj) if hasattr(value, "obj") else value


def _adapted(value):
    return connection.ops.adapt_datetimefield_value(value) if hasattr(value, "tzinfo") else value
