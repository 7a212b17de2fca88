"""Emptying a demo desk: the story, and whatever was tried on it."""

from django.core.management.color import no_style
from django.db import connection, transaction

from ombud.foundation.people.models import Company

KEEP = {"django_migrations", "django_content_type", "auth_permission"}


class NotADemo(Exception):
    """The desk belongs to a real company; nothing is thrown away."""


@transaction.atomic
def clear():
    """Throw every row away. Only on a demo desk, or on one where nobody has begun."""
    company = Company.ours()
    if company and not company.is_demo:
        raise NotADemo(company.name)
    tables = [name for name in connection.introspection.table_names() if _is_ours(name)]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            for table in tables:
                cursor.execute(f'DELETE FROM "{table}"')
        return
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come is not emptied
        for statement in connection.ops.sql_flush(
            no_style(), tables, reset_sequences=True, allow_cascade=True
        ):
            cursor.execute(statement)
        cursor.execute("ALTER SEQUENCE tickets_number RESTART")


def _is_ours(table):
    # FTS5 keeps its index in tables of its own behind the one we name.
    return table not in KEEP and not table.startswith(("tickets_words_", "sqlite_"))
