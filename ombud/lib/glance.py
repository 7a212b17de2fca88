"""Which of several questions would find anything: asked in one statement, whose SQL is made once.

A page has many pieces that are mostly not there: a draft, an open climb, an escalation. On PostgreSQL each
question is a journey of its own.
"""

from django.db import connection

from ombud.lib.prepared import fill


class Glance:
    """`questions`: names to functions that make a queryset with slots; those in `counted` are counted.

    The functions are called once in the life of a process, when the first reader looks.
    """

    def __init__(self, questions, counted=()):
        self.questions, self.counted = questions, frozenset(counted)
        self._made = {}

    def __call__(self, **values):
        """{name: whether it finds anything, or how many}; `values` fill the slots."""
        if not self.questions:
            return {}
        sql, params = self._made.get(connection.vendor) or self._make()
        with connection.cursor() as cursor:
            cursor.execute(sql, fill(params, values))
            return dict(zip(self.questions, cursor.fetchone(), strict=True))

    def _make(self):
        parts, params = [], []
        for name, question in self.questions.items():
            query = question().order_by().query
            if name in self.counted:
                sql, values = query.get_compiler(connection=connection).as_sql()
                parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS found)")
            else:
                sql, values = query.exists().get_compiler(connection=connection).as_sql()
                parts.append(f"EXISTS({sql})")
            params += values
        made = self._made[connection.vendor] = (f"SELECT {', '.join(parts)}", params)
        return made
