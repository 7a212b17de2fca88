"""The rows that some work made, and how quickly they alone can be inserted into a copy of the database."""

import sqlite3
import time

import psycopg
from django.apps import apps
from django.db import connection

ROOMS = ("events", "people", "tickets", "post", "channels", "notifications")
GONE = {"events_delivery"}  # rows that come and go


def _tables():
    """Every table of ours with a numbered key, as name -> key column."""
    return {
        model._meta.db_table: model._meta.pk.column
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ROOMS and model._meta.db_table not in GONE
    }


def newest():
    """The newest key of each table."""
    with connection.cursor() as cursor:
        found = {}
        for table, key in _tables().items():
            cursor.execute(f'SELECT COALESCE(MAX("{key}"), 0) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
        return found


def since(before):
    """The rows that came since, as table -> list of (columns, values), and the words of the index."""
    made = {}
    with connection.cursor() as cursor:
        raw = connection.connection.cursor()
        for table, key in _tables().items():
            raw.execute(f'SELECT * FROM "{table}" WHERE "{key}" > {int(before[table])} ORDER BY "{key}"')
            columns = [column[0] for column in raw.description]
            made[table] = [(columns, row) for row in raw.fetchall()]
        raw.close()
        table, key = "tickets_words", "message_id" if connection.vendor == "postgresql" else "rowid"
        cursor.execute(
            f"SELECT {key}, words FROM {table} WHERE {key} > %s ORDER BY {key}", [before["tickets_message"]]
        )
        made[table] = [([key, "words"], row) for row in cursor.fetchall()]
    return {table: rows for table, rows in made.items() if rows}


def insert(made, count, wanted):
    """Insert the rows into the copy in `count` transactions; the seconds it takes."""
    line, mark = _open(wanted)
    statements = {table: _statement(table, rows[0][0], mark) for table, rows in made.items()}
    began = time.monotonic()
    for at in range(count):
        cursor = line.cursor()
        cursor.execute("BEGIN")
        for table, rows in made.items():
            share = rows[len(rows) * at // count : len(rows) * (at + 1) // count]
            for _columns, values in share:
                cursor.execute(statements[table], _plain(values, mark))
        cursor.execute("COMMIT")
        cursor.close()
    seconds = time.monotonic() - began
    line.close()
    return seconds


def _open(wanted):
    """A connection to the copy, as durable as the product's, that does not look at foreign keys."""
    if wanted.copy_url:
        line = psycopg.connect(wanted.copy_url, autocommit=True)
        line.execute("SET session_replication_role = replica")
        return line, "%s"
    line = sqlite3.connect(f"{wanted.copy}/ombud.sqlite3", isolation_level=None)
    line.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=OFF;")
    return line, "?"


def _statement(table, columns, mark):
    names = ", ".join(f'"{column}"' if column != "rowid" else column for column in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({", ".join([mark] * len(columns))})'


def _plain(values, mark):
    if mark == "?":
        return values
    return [psycopg.types.json.Jsonb(value) if isinstance(value, dict | list) else value for value in values]
