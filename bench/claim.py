"""The ceiling of a storm: claims due promises in batches, a commit each, until none is left.

python -m bench.claim WHEN      says how many it claimed, and how many seconds after WHEN it ended
"""

import os
import sys
import time
from datetime import datetime

import django
from django.db import connection, transaction
from django.utils import timezone

BATCH = 500
DUE = "SELECT id FROM sla_promise WHERE fires_at <= %s ORDER BY fires_at, id LIMIT %s"


def main(at):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ombud.config.settings")
    django.setup()
    statement = _statement()
    now = connection.ops.adapt_datetimefield_value(at)
    connection.ensure_connection()
    time.sleep(max(0.0, (at - timezone.now()).total_seconds()))
    claimed, end = 0, 0.0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [now, BATCH])
            found = len(cursor.fetchall())
        if not found:
            break
        claimed, end = claimed + found, (timezone.now() - at).total_seconds()
    print(claimed, end)


def _statement():
    skip = " FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    return f"UPDATE sla_promise SET fires_at = NULL WHERE id IN ({DUE}{skip}) RETURNING id"


if __name__ == "__main__":
    main(datetime.fromisoformat(sys.argv[1]))
