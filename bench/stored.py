"""Seeds that are kept (`--seeds DIR`): to fill a desk with 100,000 tickets takes minutes, a copy seconds."""

import shutil
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

NOT_KEPT = shutil.ignore_patterns("static", "*.log", "*-pen")


class Stored:
    """The desk with so many tickets: its data folder, and on PostgreSQL a database to copy."""

    def __init__(self, folder, kind, rows, server=None):
        self.folder = Path(folder) / f"{kind}-{rows}"
        self.server = server if kind == "postgres" else None
        self.database = f"ombud_seed_{rows}" if self.server else None

    def is_there(self):
        return self.folder.is_dir() and (not self.database or bool(self._asked(_THERE, [self.database])))

    def keep(self, place):
        """Keep what a place holds now; nothing may be connected to it."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.database:
            mine, its = sql.Identifier(self.database), sql.Identifier(urlsplit(place.address).path[1:])
            self._asked(sql.SQL("DROP DATABASE IF EXISTS {}").format(mine))
            self._asked(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(mine, its))
        half = self.folder.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(place.folder, half, ignore=NOT_KEPT)
        half.rename(self.folder)

    def _asked(self, statement, values=None):
        with psycopg.connect(self.server, autocommit=True) as line:
            cursor = line.execute(statement, values)
            return cursor.fetchall() if cursor.description else []


_THERE = "SELECT 1 FROM pg_database WHERE datname = %s"
