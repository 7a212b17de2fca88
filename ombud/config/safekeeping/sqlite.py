"""The database of a desk on SQLite: a copy made by SQLite itself, while others read and write."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from .parts import NoBackup

NAME = "database/ombud.sqlite3"


def take(archive, folder, progress):
    """Add a copy as it was at one moment; the rows of each table into the manifest."""
    copy = folder / "copy.sqlite3"
    with closing(sqlite3.connect(_file())) as ours, closing(sqlite3.connect(copy)) as target:
        ours.backup(target)  # all pages in one step: one read transaction, nobody waits for it
        target.execute("PRAGMA journal_mode=DELETE")
    with closing(sqlite3.connect(copy)) as there:
        archive.manifest.tables = count(there)
    progress(1)
    archive.add(copy, NAME)


def count(there):
    """Rows of each table of ours; what SQLite keeps for the search index itself is left out."""
    names = there.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    virtual = [
        row[0]
        for row in there.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'").fetchall()
    ]
    ours = [row[0] for row in names.fetchall()]
    ours = [name for name in ours if not any(name.startswith(f"{index}_") for index in virtual)]
    return {name: there.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in ours}


def refuse_if_there():
    """There must be no desk where one is put back."""
    file = Path(_file())
    if file.exists() and file.stat().st_size:
        raise NoBackup(f"there is a desk in {file}: give another folder with --data DIR")


def put_back(folder, manifest, progress):
    """Put the file in its place, after a look whether it is whole."""
    copy = folder / NAME
    with closing(sqlite3.connect(copy)) as there:
        said = there.execute("PRAGMA integrity_check").fetchone()[0]
        if said != "ok":
            raise NoBackup(f"its database is damaged: {said}")
        check(count(there), manifest)
    progress(1)
    connection.close()
    for beside in ("", "-wal", "-shm"):
        Path(f"{_file()}{beside}").unlink(missing_ok=True)
    copy.replace(_file())


def check(found, manifest):
    """Every table has as many rows as it had. Raises NoBackup."""
    wrong = [name for name, rows in manifest.tables.items() if found.get(name) != rows]
    if wrong:
        raise NoBackup(f"rows are missing in {', '.join(sorted(wrong)[:5])}")


def _file():
    return str(connection.settings_dict["NAME"])
