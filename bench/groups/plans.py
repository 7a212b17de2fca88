"""How each database finds the rows of a list or a search: the plans, in words, on standard error."""

import sys

from django.db import connection
from django.utils import timezone

from bench.groups.list import FILTERS
from bench.groups.pages import addresses
from bench.visits import ask, signed_in, somebody, statements
from ombud.config.wsgi import application
from ombud.foundation.people.actions import make_token

EXPLAIN = {"postgresql": "EXPLAIN (ANALYZE, TIMING OFF)", "sqlite": "EXPLAIN QUERY PLAN"}


def measure(wanted):
    _token, secret = make_token(name="plans", now=timezone.now())
    key = {"authorization": f"Bearer {secret}"}
    cookie = {"cookie": signed_in(somebody())}
    visits = [(f"API list, {name}", f"/api/v1/tickets?{query}", key) for name, query in FILTERS.items()]
    visits += [(name, address, cookie) for name, address in addresses().items()]
    for name, address, headers in visits:
        with statements() as asked:
            ask(application, address, **headers)
        _tell(name, list(asked))
    yield from ()


def _tell(name, asked):
    out = sys.stderr
    out.write(f"\n== {name}\n")
    with connection.cursor() as cursor:
        for sql, params in asked:
            if not sql.lstrip().startswith(("SELECT", "WITH")):
                continue
            explain = (
                "EXPLAIN (ANALYZE, TIMING OFF)" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
            )
            cursor.execute(f"{explain} {sql}", params)
            plan = [str(row[-1]) for row in cursor.fetchall()]
            out.write(f"-- {' '.join(sql.split())[:400]}\n")
            out.write("".join(f"   {line}\n" for line in plan))
