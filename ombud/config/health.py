"""Whether this desk is well, for machines: /healthz, /readyz and /metrics (Prometheus' text)."""

import hmac
import ipaddress
import os
import time
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from ombud import __version__
from ombud.config.hub.stream import open_streams
from ombud.foundation.clock.due import DueQuerySet
from ombud.lib.rooms import plugged

PAGE = 4096  # bytes of memory
STARTED = time.time()


@never_cache
def healthz(request):
    """This process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request):
    """It can serve pages: the database answers and is of this version. 503 with the reason when not."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return _not_ready("the database does not answer")
    if missing:
        return _not_ready(f"the database lacks {len(missing)} steps: bin/ombud prepare")
    return HttpResponse("ready\n", content_type="text/plain")


def _not_ready(why):
    return HttpResponse(f"not ready: {why}\n", content_type="text/plain", status=503)


@never_cache
def metrics(request):
    """Figures of the whole desk and of this process; only for this machine, or with OMBUD_METRICS_TOKEN."""
    if not _may_ask(request):
        return HttpResponse("Set OMBUD_METRICS_TOKEN and send it as a bearer token.\n", status=403)
    lines = []
    for name, says, rows in (*_of_this_process(), *_of_the_desk(timezone.now())):
        lines += [f"# HELP ombud_{name} {says}", f"# TYPE ombud_{name} gauge"]
        lines += [f"ombud_{name}{_labels(labels)} {value:g}" for labels, value in rows]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_ask(request):
    token = os.environ.get("OMBUD_METRICS_TOKEN", "")
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token:
        return hmac.compare_digest(token, shown)
    forwarded = "X-Forwarded-For" in request.headers  # a proxy on this machine stands for anybody
    return not forwarded and ipaddress.ip_address(request.META["REMOTE_ADDR"]).is_loopback


def _labels(labels):
    said = ",".join(f'{name}="{value}"' for name, value in labels.items())
    return f"{{{said}}}" if said else ""


def _of_this_process():
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * PAGE if Path("/proc").exists() else 0
    yield "info", "The version that serves", [({"version": __version__, "database": connection.vendor}, 1)]
    yield "process_seconds", "Since this process began", [({}, time.time() - STARTED)]
    yield "process_resident_bytes", "Memory of this process", [({}, resident)]
    yield "live_streams", "Open live streams of this process", [({}, open_streams())]


def _of_the_desk(now):
    yield "due_lag_seconds", "How late the longest overdue row is, by what waits", list(due_lags(now))
    for ask in plugged("gauges"):
        yield from ask(now)


def due_lags(now):
    """({what waits}, seconds) for every due column of the house: one small question each."""
    for model in apps.get_models():
        for manager in model._meta.managers:
            asked = manager.get_queryset()
            if isinstance(asked, DueQuerySet) and asked.model is model:
                field = asked.due_field
                oldest = asked.due(now).values_list(field, flat=True).first()
                lag = (now - oldest).total_seconds() if oldest else 0
                yield {"what": f"{model._meta.app_label}.{model._meta.model_name}.{field}"}, lag
