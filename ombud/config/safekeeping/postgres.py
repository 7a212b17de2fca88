"""The database of a desk on PostgreSQL: the rows of every table, all as they were at one moment.

No program of PostgreSQL's own is needed. What is put back is first made by the migrations that the backup
names, then filled, then brought to the version that is there.
"""

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from .parts import BLOCK, NoBackup
from .sqlite import check

FOLDER = "database"


def take(archive, folder, progress):
    """Add every table's rows from one snapshot; nobody waits for it, and it waits for nobody."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for table in _tables(cursor):
            part = folder / f"{table}.rows"
            archive.manifest.tables[table] = _copy_out(cursor, table, part)
            archive.add(part, f"{FOLDER}/{table}.rows")
            part.unlink()
            progress(1)
        # A sequence knows no snapshot: read last, it is never behind the rows.
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()"
        )
        archive.manifest.sequences = dict(cursor.fetchall())


def _copy_out(cursor, table, part):
    columns = _columns(cursor, table)
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    asked = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(names, sql.Identifier(table))
    with part.open("wb") as out:
        out.write(",".join(columns).encode() + b"\n")
        with cursor.copy(asked) as rows:
            for block in rows:
                out.write(block)
        return cursor.rowcount


def _tables(cursor):
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
    return [row[0] for row in cursor.fetchall()]


def _columns(cursor, table):
    """What can be written: what PostgreSQL works out by itself is left to it."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [row[0] for row in cursor.fetchall()]


def refuse_if_there():
    """There must be no desk where one is put back."""
    with connection.cursor() as cursor:
        if _tables(cursor):
            name = connection.settings_dict["NAME"]
            raise NoBackup(f"the database {name} is not empty: make a new one and name it in DATABASE_URL")


def put_back(folder, manifest, progress):
    """Make the tables as they were, fill them in one transaction, and look whether all rows are there."""
    executor = MigrationExecutor(connection)
    known = set(executor.loader.graph.nodes)
    applied = [(app, name) for app, names in manifest.migrations.items() for name in names]
    unknown = [f"{app}.{name}" for app, name in applied if (app, name) not in known]
    if unknown:
        raise NoBackup(f"it is of a later version of Ombud (it knows {unknown[0]})")
    _make_tables(executor, applied)
    with transaction.atomic(), connection.cursor() as cursor:
        names = sql.SQL(", ").join(map(sql.Identifier, _tables(cursor)))
        cursor.execute(sql.SQL("TRUNCATE {}").format(names))
        found = {}
        for table in manifest.tables:
            found[table] = _copy_in(cursor, table, folder / FOLDER / f"{table}.rows")
            progress(1)
        check(found, manifest)
        _go_on_counting(cursor, manifest.sequences)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _make_tables(executor, applied):
    """To where the backup's own database was; later ones follow when the desk is prepared."""
    graph, wanted = executor.loader.graph, set(applied)
    executor.migrate([node for node in applied if not _followed(graph, node, wanted)])


def _followed(graph, node, wanted):
    """Whether a later migration of the same app was applied, too."""
    return any(child.key[0] == node[0] and child.key in wanted for child in graph.node_map[node].children)


def _copy_in(cursor, table, part):
    with part.open("rb") as rows:
        columns = [name.strip() for name in rows.readline().decode().split(",")]
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        asked = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
        with cursor.copy(asked) as target:
            while block := rows.read(BLOCK):
                target.write(block)
        return cursor.rowcount


def _go_on_counting(cursor, sequences):
    """Numbers that count by themselves go on after the last one that was given."""
    for name, last in sequences.items():
        if last is not None:
            cursor.execute("SELECT setval(%s::regclass, %s)", [f'"{name}"', last])
