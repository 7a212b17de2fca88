"""A real desk: the whole process tree of bin/serve on ports of its own, with a data folder of its own."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psycopg
import pytest

from tests.support.postgres import maintenance, with_name

PATIENCE = 30  # seconds for anything that a desk must come to by itself
# Parcelline with its people and mailbox, founded a moment ago; all sign in with tests.cast.PASSWORD.
FOUND = """
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils import timezone
from tests.cast import OURS, Cast
PBKDF2PasswordHasher.iterations = 1000  # these passwords stand in a public file
cast = Cast(now=timezone.now())
for who in OURS:
    getattr(cast, who)
"""


class LiveDesk:
    """One installation, at `url`, taking mail at `smtp_port`: start, stop, kill("web"), command("doctor")."""

    def __init__(self, folder, database_url=None, environment=None):
        self.folder = Path(folder)
        self.port, self.smtp_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = clean_environment(self.folder, database_url) | (environment or {})
        self.said = self.folder.parent / f"{self.folder.name}.said"
        self.process = None

    def start(self, *words):
        """Start the tree and wait for the first page."""
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "ombud", "serve", *self.ports(), *words],
                # Ends with the tests, even when they are killed: it watches this pipe as its own children do.
                env=self.environment | {"OMBUD_SUPERVISED": "1"},
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        try:
            wait_for(lambda: self.answers() or self.process.poll() is not None, "the first page")
        except AssertionError as late:
            raise AssertionError(f"{late}; it said:\n{self.output()}") from None
        assert self.process.poll() is None, self.output()
        return self

    def ports(self):
        return ["--port", str(self.port), "--smtp-port", str(self.smtp_port), "--empty"]

    def answers(self):
        """Whether a page comes."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            line.request("GET", "/")
            return line.getresponse().status < 500
        except (OSError, HTTPException):
            return False
        finally:
            line.close()

    def takes_mail(self):
        """Whether somebody listens for mail."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.smtp_port), timeout=5) as line:
            return line.recv(64).startswith(b"220")
        return False

    def children(self):
        """Names and process ids of what the supervisor keeps alive."""
        return named_children(self.process.pid)

    def kill(self, name, number=signal.SIGKILL):
        """End one process of the tree without a word: "web", "work" or "supervisor"."""
        os.kill(self.process.pid if name == "supervisor" else self.children()[name], number)

    def stop(self):
        """End it as Ctrl-C does; its exit status."""
        if self.process is None or self.process.poll() is not None:
            return self.process and self.process.returncode
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def command(self, *words, **options):
        """bin/ombud WORDS on this desk: what it printed. Fails with its errors when it failed."""
        done = subprocess.run(
            [sys.executable, "-P", "-m", "ombud", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            **options,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def output(self):
        return self.said.read_text(errors="replace") if self.said.exists() else ""


def clean_environment(folder, database_url):
    """Ours without what the tests themselves run under: a desk is served as in real life."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("OMBUD_", "DJANGO_", "PYTEST_"))
    }
    for name in (
        "DATABASE_URL",
        "PYTHONDONTWRITEBYTECODE",
    ):  # compiled once, every next process starts sooner
        kept.pop(name, None)
    kept["OMBUD_DATA"] = str(folder)
    return kept | ({"DATABASE_URL": database_url} if database_url else {})


def named_children(parent):
    found = {}
    for number in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        with suppress(OSError):
            words = Path(f"/proc/{number}/cmdline").read_text().split("\0")
            if "ombud" in words:
                found[words[words.index("ombud") + 1]] = int(number)
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, what, seconds=PATIENCE):
    """Ask again and again until it is true, and give back what it said."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := condition():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s for {what}")


class Mould:
    """A desk that was prepared once; every other one of this run is a copy, and so starts in a second."""

    def __init__(self, folder, address):
        self.address = address
        self.names = []
        self.folder = folder / "mould"
        self.database = self.new_database() if address else None
        self.run("prepare", "--empty")
        self.run("manage", "shell", "--no-imports", "-c", FOUND)

    def run(self, *words):
        done = subprocess.run(
            [sys.executable, "-P", "-m", "ombud", *words],
            env=clean_environment(self.folder, self.database),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def new_database(self, template="template0"):
        # Under the run's own name, so that bin/test finds and drops what a killed run left.
        prefix = os.environ.get("OMBUD_TEST_NAME", "ombud_test_alone")
        name = f"{prefix}_{secrets.token_hex(4)}"
        with psycopg.connect(maintenance(self.address), autocommit=True) as line:
            line.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self.names.append(name)
        return with_name(self.address, name)

    def cast(self, folder, **options):
        """A new desk from this mould."""
        shutil.copytree(self.folder, folder)
        database = self.new_database(self.names[0]) if self.address else None
        return LiveDesk(folder, database, **options)

    def break_up(self):
        if self.names:
            with psycopg.connect(maintenance(self.address), autocommit=True) as line:
                for name in self.names:
                    line.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def mould(tmp_path_factory, database_kind):
    address = os.environ["DATABASE_URL"] if database_kind == "postgres" else None
    mould = Mould(tmp_path_factory.mktemp("desk"), address)
    yield mould
    mould.break_up()


@pytest.fixture
def new_desk(mould, tmp_path):
    """Makes a desk that is not started yet: `new_desk(environment={…})`. All are stopped at the end."""
    with desks(mould, tmp_path) as make:
        yield make


@contextmanager
def desks(mould, folder):
    made = []

    def make(**options):
        made.append(mould.cast(folder / f"desk-{len(made)}", **options))
        return made[-1]

    try:
        yield make
    finally:
        end(made)


def end(made):
    for desk in made:
        if desk.process is not None and desk.process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                desk.stop()
            desk.process.kill()


@pytest.fixture
def live_desk(new_desk):
    """A real desk, serving, on the database of this run, for this test alone."""
    return new_desk().start()


@pytest.fixture(scope="module")
def shared_desk(mould, tmp_path_factory):
    """A real desk for all tests of a file that do it no harm: it starts once."""
    with desks(mould, tmp_path_factory.mktemp("shared")) as make:
        yield make().start()
