"""Questions whose SQL is made once, because every page asks them.

To put a question into SQL takes Django longer than SQLite takes to answer it. Such a question is written with
slots in the places of its values, and asked with the values: `thread(ticket=7)`.
"""

import json
from copy import copy

from django.db import connection
from django.db.models import BigIntegerField, Expression

AMONG = {"sqlite": "(SELECT value FROM json_each(%s))", "postgresql": "(SELECT unnest(%s::bigint[]))"}


class Slot(Expression):
    """A value that is filled in when the question is asked: `Draft.objects.filter(ticket=Slot("ticket"))`."""

    def __init__(self, name, output_field=None):
        super().__init__(output_field or BigIntegerField())
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def filled(self, values):
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Among(Slot):
    """Ids, as many as there are: `Climb.objects.filter(ticket__in=Among("tickets"))`."""

    def as_sql(self, compiler, connection):
        return AMONG[connection.vendor], [self]

    def filled(self, values):
        ids = list(values[self.name])
        return json.dumps(ids) if connection.vendor == "sqlite" else ids


def fill(params, values):
    """The parameters of a statement with the values in their slots."""
    return tuple(one.filled(values) if isinstance(one, Slot) else one for one in params)


class Prepared:
    """`question`: a function that makes a queryset with slots. Called with values, this makes one that asks.

    That one is only to be read: filtered further it would still ask the same. `question` is called once in
    the life of a process, when the first reader asks.
    """

    def __init__(self, question):
        self.question = question
        self._made = {}

    def __call__(self, **values):
        queryset, compiler, sql, params = self._made.get(connection.vendor) or self._make()
        asked, filled = queryset._chain(), copy(compiler)
        filled.connection = connection
        filled.as_sql = lambda *_args, **_kwargs: (sql, fill(params, values))
        asked.query.get_compiler = lambda *_args, **_kwargs: filled
        return asked

    def _make(self):
        queryset = self.question()
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        made = self._made[connection.vendor] = (queryset, compiler, sql, params)
        return made
