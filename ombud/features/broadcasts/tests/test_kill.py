"""Whenever a worker is killed: one Message-ID each, at most one repeat per kill, and counts that reconcile.

`BROADCAST_TO=20000` runs the one with random kills at that size (see docs/guides/broadcasts.md).
"""

import json
import os
import shutil
from collections import Counter

import pytest

from ombud.foundation.post.tests.servers import MailServer
from ombud.foundation.post.tests.test_workers import Post, database
from tests.cast import NOW

pytestmark = pytest.mark.faults
WORKER = "ombud.features.broadcasts.tests.worker"
TO = int(os.environ.get("BROADCAST_TO", "300"))


class Desk(Post):
    def worker(self, deed, *rest):
        return self.run("-m", WORKER, deed, NOW.isoformat(), *map(str, rest))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, database_kind):
    """A database with its tables, to copy."""
    folder = tmp_path_factory.mktemp("prepared")
    with database(folder, database_kind) as address:
        Desk(folder, address).run("-m", "django", "migrate", "--verbosity", "0")
        yield folder, address


@pytest.fixture
def desk(tmp_path, database_kind, prepared):
    folder, address = prepared
    for file in folder.glob("post.sqlite3*"):
        shutil.copy(file, tmp_path)
    with database(tmp_path, database_kind, template=address.rpartition("/")[2]) as address:
        yield Desk(tmp_path, address)


@pytest.fixture
def server():
    server = MailServer()
    yield server
    server.stop()


@pytest.mark.parametrize(
    ("how", "people", "left_out", "kills"),
    [("commit", 60, 5, 40), ("letter", 40, 3, 24), ("random", TO, TO // 50, max(8, TO // 500))],
)
def test_killed_whenever_each_is_told_once(desk, server, how, people, left_out, kills):
    server.to_whom = {"c7@shop7.example": "550 no such user"}
    desk.worker("fill", server.port, people, left_out)
    lived = json.loads(desk.worker("live", how, kills))
    shown = json.loads(desk.worker("show"))
    counts = shown["counts"]
    assert lived["status"] == 0
    assert lived["kills"] >= min(kills, 5)
    assert shown["state"] == "done"
    assert counts["listed"] == people == counts["sent"] + counts["excluded"] + counts["failed"]
    assert counts["excluded"] == left_out
    assert counts["failed"] <= 1
    arrived = Counter(one.message["Message-ID"] for one in server.letters)
    whose = Counter((one.recipients[0], one.message["Message-ID"]) for one in server.letters)
    assert len(arrived) == len(whose) == len({to for to, _id in whose}) == counts["sent"]
    assert all(shown["ids"][to] == its_id for to, its_id in whose)
    twice = {its_id for its_id, times in arrived.items() if times > 1}
    again = sum(times - 1 for times in arrived.values())
    assert again == lived["kills"] if how == "letter" else again <= lived["kills"]
    assert twice <= set(shown["repeated"]), "its row says so"
    print(f"{people} people, {lived['kills']} kills, {again} repeats, {counts}")  # noqa: T201
    assert shown["letters"] == shown["replies"] == counts["sent"] + counts["failed"]
