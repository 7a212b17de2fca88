"""Whatever is killed, and whatever the system's clock does: each promise is broken once, and told once."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.support.desk import wait_for

from .storm import ASK, FILL

pytestmark = pytest.mark.faults
MANY = 2000
KILLS = 10
FAKETIME = next(iter(Path("/usr").glob("lib*/**/faketime/libfaketimeMT.so.1")), None)


class Storm:
    """A desk without its supervisor, on which promises fall due; and its work processes."""

    def __init__(self, desk, sink):
        self.desk, self.sink = desk, sink
        self.workers = []

    def fill(self, count, *spans):
        """So many promises are due so many seconds from now, in turn."""
        words = FILL.format(count=count, spans=list(spans), port=self.sink.port)
        self.first, self.last = self._inside(words)
        return range(self.first, self.last + 1)

    def ask(self):
        return self._inside(ASK.format(first=self.first, last=self.last))

    def _inside(self, words):
        said = self.desk.command("manage", "shell", "-v", "0", "--no-imports", "-c", words)
        return json.loads(said[said.index("ANSWER") + 6 :])

    def start(self, **environment):
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ombud", "work"],
            env=self.desk.environment | {"OMBUD_SMTP_PORT": "0", "OMBUD_SUPERVISED": "1"} | environment,
            stdin=subprocess.PIPE,
        )
        self.workers.append(process)
        return process

    def kill(self, process):
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.workers.remove(process)

    def end(self):
        for process in self.workers:
            with suppress(ProcessLookupError):
                process.kill()
            process.wait()

    def settled(self, count):
        """What became of them, once `count` were broken and everybody who follows has seen it."""

        def look():
            found = self.ask()
            done = len(found["broken"]) >= count and not found["waiting"] and not found["letters"]
            return found if done else None

        return wait_for(look, f"{count} broken promises", 60)


@pytest.fixture
def storm(new_desk, smtp_sink):
    storm = Storm(new_desk(), smtp_sink)
    yield storm
    storm.end()


def each_once(found, promises):
    """Nothing is lost, nothing is twice."""
    expected = list(promises)
    assert found["broken"] == expected
    assert found["events"] == expected
    assert found["told"] == expected
    assert found["failed"] == 0
    listed = Counter(map(tuple, found["listed"]))
    assert all(times == 1 for times in listed.values())
    assert sorted({promise for promise, _person in listed}) == expected


@pytest.mark.parametrize("count", [2, 4])
def test_workers_that_are_killed_break_each_promise_once(storm, count):
    promises = storm.fill(MANY, 2.0)
    dice = random.Random(count)
    workers = [storm.start() for _ in range(count)]
    time.sleep(1)  # they are just beginning, the storm is just breaking
    for _kill in range(KILLS):
        time.sleep(dice.uniform(0.02, 0.5))
        victim = dice.choice(workers)
        storm.kill(victim)
        workers = [worker for worker in workers if worker is not victim] + [storm.start()]
    each_once(storm.settled(MANY), promises)
    assert all("carla" not in address for letter in storm.sink.letters for address in letter.recipients)


@contextmanager
def system_time(folder):
    """The environment of a process whose system time can be stepped, and the function that steps it."""
    if FAKETIME is None or not shutil.which("faketime"):
        pytest.skip("NOT TESTED: what a stepped system time does; apt-get install faketime")
    file = folder / "time"

    def step(seconds):
        file.with_suffix(".new").write_text(f"{seconds:+d}")
        file.with_suffix(".new").replace(file)

    step(0)
    yield (
        {
            "LD_PRELOAD": str(FAKETIME),
            "FAKETIME_TIMESTAMP_FILE": str(file),
            "FAKETIME_NO_CACHE": "1",
            "NO_FAKE_STAT": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        },
        step,
    )


def test_a_system_time_that_jumps_loses_nothing_and_repeats_nothing(storm, tmp_path):
    hour = 3600
    # Due now; within the two hours that are jumped over; in three hours; in the hour that comes twice.
    promises = storm.fill(400, 1, 1.5 * hour, 3 * hour, -0.5 * hour)
    kinds = {at: list(promises)[at::4] for at in range(4)}
    with system_time(tmp_path) as (environment, step):
        step(-hour)
        storm.start(**environment)
        time.sleep(3)
        assert storm.ask()["broken"] == [], "it is an hour earlier for this process"
        step(0)
        assert storm.settled(200)["broken"] == sorted(kinds[0] + kinds[3])
        step(2 * hour)
        assert storm.settled(300)["broken"] == sorted(kinds[0] + kinds[1] + kinds[3])
        wait_for(lambda: digests(storm.sink) == 1, "the digest of the first quarter of an hour")
        step(-hour)
        time.sleep(2)
        assert len(storm.ask()["events"]) == 300
        step(4 * hour)
        each_once(storm.settled(400), promises)
        wait_for(lambda: digests(storm.sink) == 2, "the second digest")
    ids = Counter(letter.message["Message-ID"] for letter in storm.sink.letters)
    assert set(ids.values()) == {1}


def digests(sink):
    """How many lists Inés has got."""
    return sum(
        letter.recipients == ["ines@parcelline.example"] and "were broken" in letter.message["Subject"]
        for letter in sink.letters
    )
