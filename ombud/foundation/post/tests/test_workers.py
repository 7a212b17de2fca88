"""Several workers, and workers that die: each letter leaves once."""

import json
import os
import random
import secrets
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager, suppress
from datetime import timedelta

import psycopg
import pytest

from tests.support.desk import wait_for
from tests.support.postgres import maintenance, with_name

pytestmark = pytest.mark.faults
LEASE_IS_OVER = timedelta(minutes=11)


class Post:
    """A database with letters in it, and processes that work on it."""

    def __init__(self, folder, address):
        self.environment = {
            **os.environ,
            "DATABASE_URL": address,
            "OMBUD_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "ombud.config.settings",
        }
        self.workers = []

    def run(self, *words):
        return subprocess.run(
            [sys.executable, *words], env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def worker(self, deed, now, *rest):
        return self.run("-m", "ombud.foundation.post.tests.worker", deed, now.isoformat(), *map(str, rest))

    def start(self, now):
        words = [sys.executable, "-m", "ombud.foundation.post.tests.worker", "send", now.isoformat()]
        self.workers.append(subprocess.Popen(words, env=self.environment))
        return self.workers[-1]

    def end(self):
        for worker in self.workers:
            with suppress(ProcessLookupError):
                worker.kill()
            worker.wait()


@contextmanager
def database(folder, kind, template="template0"):
    """The address of a database of our own; gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/post.sqlite3"
        return
    server = os.environ["DATABASE_URL"]
    name = f"{os.environ.get('OMBUD_TEST_NAME', 'ombud_test_alone')}_{secrets.token_hex(4)}"
    with psycopg.connect(maintenance(server), autocommit=True) as line:
        line.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield with_name(server, name)
        line.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, database_kind):
    """A database with its tables, to copy: making them takes seconds."""
    folder = tmp_path_factory.mktemp("prepared")
    with database(folder, database_kind) as address:
        Post(folder, address).run("-m", "django", "migrate", "--verbosity", "0")
        yield folder, address


@pytest.fixture
def post(tmp_path, database_kind, prepared):
    folder, address = prepared
    for file in folder.glob("post.sqlite3*"):
        shutil.copy(file, tmp_path)
    with database(tmp_path, database_kind, template=address.rpartition("/")[2]) as address:
        post = Post(tmp_path, address)
        yield post
        post.end()


def ids(server):
    return Counter(arrived.message["Message-ID"] for arrived in server.letters)


def test_two_workers_at_once_send_each_letter_once(post, server, now):
    post.worker("fill", now, server.port, 80)
    workers = [post.start(now), post.start(now)]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    assert (len(ids(server)), len(server.letters)) == (80, 80)
    assert server.greetings >= 4, "80 letters in batches of 20"
    shown = json.loads(post.worker("show", now))
    assert {letter["state"] for letter in shown["letters"]} == {"sent"}
    assert shown["sent"] == 80


def test_a_letter_whose_worker_was_killed_goes_out_again_under_its_id(post, server, now):
    post.worker("fill", now, server.port, 30)

    def kill_at_the_seventh():
        if len(server.letters) == 7:
            worker.kill()

    server.at_words = kill_at_the_seventh
    worker = post.start(now)
    worker.wait(60)
    # The other ten may leave at once; the batch that the dead worker took waits for the end of its lease.
    post.worker("send", now + timedelta(minutes=1))
    assert len(server.letters) == 17
    post.worker("send", now + LEASE_IS_OVER)
    seventh = server.letters[6].message["Message-ID"]
    assert len(ids(server)) == 30
    assert ids(server)[seventh] == 2
    assert [id for id, times in ids(server).items() if times > 1] == [seventh]
    shown = json.loads(post.worker("show", now))
    assert {letter["state"] for letter in shown["letters"]} == {"sent"}
    assert seventh in {letter["message_id"] for letter in shown["letters"] if letter["repeated"]}
    assert shown["sent"] == 30


def test_killed_at_any_moment_nothing_is_lost_and_only_what_was_in_flight_is_repeated(post, server, now):
    post.worker("fill", now, server.port, 60)
    kills = 4
    for _kill in range(kills):
        worker, before = post.start(now), len(server.letters)
        some = before + random.randint(1, 8)
        wait_for(lambda: len(server.letters) >= some or worker.poll() is not None, "some letters")  # noqa: B023
        worker.kill()
        worker.wait()
        now += LEASE_IS_OVER
    post.worker("send", now)
    assert len(ids(server)) == 60
    assert sum(times - 1 for times in ids(server).values()) <= kills
    shown = json.loads(post.worker("show", now))
    assert {letter["state"] for letter in shown["letters"]} == {"sent"}
    assert shown["sent"] == 60
