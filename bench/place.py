"""Where a benchmark happens: a data folder and a database of its own, gone afterwards."""

import atexit
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

# Styles and scripts, collected once for all places of a run.
STATIC = Path(tempfile.gettempdir()) / f"ombud-bench-static-{os.getpid()}"
atexit.register(shutil.rmtree, STATIC, ignore_errors=True)
HERE = "postgres://postgres@127.0.0.1:5432/postgres"


def postgres():
    """The address of a server on which databases may be made, or None and why not."""
    named = os.environ.get("OMBUD_BENCH_DATABASE_URL") or os.environ.get("OMBUD_TEST_DATABASE_URL")
    address = named or HERE
    try:
        psycopg.connect(address, connect_timeout=3).close()
    except psycopg.Error as error:
        return None, str(error).strip().splitlines()[0]
    return address, ""


class Failed(Exception):
    """A part of the benchmarks that could not be measured; the others go on."""


class Place:
    """A desk's data folder, the address of its database (None: SQLite in the folder), and its environment."""

    def __init__(self, kind, server=None, seed=None):
        self.kind, self.server = kind, server
        self.folder = Path(tempfile.mkdtemp(prefix="ombud-bench-"))
        if seed:
            shutil.copytree(seed.folder, self.folder, dirs_exist_ok=True)
        self.address = self._new_database(seed.database if seed else "template0") if server else None

    def _new_database(self, template="template0"):
        name = f"ombud_bench_{secrets.token_hex(4)}"
        with psycopg.connect(self.server, autocommit=True) as line:
            line.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{name}"))

    @property
    def environment(self):
        """A clean one: a desk is measured as it is served."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("OMBUD_", "DJANGO_", "PYTEST_")) and name != "DATABASE_URL"
        }
        # No figure should be a limit of ours: bench clients are one token and one address.
        kept |= {"OMBUD_DATA": str(self.folder), "OMBUD_API_RATE": "0", "OMBUD_SMTP_RATE": "1000000"}
        return kept | ({"DATABASE_URL": self.address} if self.address else {})

    def run(self, *words):
        """A Python module of ours on this place, line by line what it says; raises Failed when it fails."""
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", *words],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        yield from process.stdout
        if process.wait():
            raise Failed(f"{' '.join(words)} failed; what it said stands above")

    def copy(self):
        """Another place with the same rows; nothing may be connected to this one."""
        other = Place.__new__(Place)
        other.kind, other.server = self.kind, self.server
        other.folder = Path(tempfile.mkdtemp(prefix="ombud-bench-"))
        shutil.copytree(self.folder, other.folder, dirs_exist_ok=True)
        other.address = other._new_database(urlsplit(self.address).path[1:]) if self.address else None
        return other

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.address:
            name = sql.Identifier(urlsplit(self.address).path[1:])
            with psycopg.connect(self.server, autocommit=True) as line:
                line.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


@contextmanager
def place(kind, server, seed=None):
    """A prepared desk: empty, or with what a stored seed holds."""
    here = Place(kind, server, seed)
    try:
        if STATIC.exists():
            shutil.copytree(STATIC, here.folder / "static")
        list(here.run("ombud", "prepare", "--empty"))
        if not STATIC.exists():
            shutil.copytree(here.folder / "static", STATIC)
        yield here
    finally:
        here.remove()
