"""Whatever is killed, whatever the clock does: a rung is told once, and who has it is left in peace."""

import random
import time
from collections import Counter

import pytest

from ombud.spine.sla.tests.test_storms import Storm, system_time
from tests.support.desk import wait_for

from .storm import ASK, FILL, HAVE

pytestmark = pytest.mark.faults
MANY, KILLS = 40, 8
OURS = ["ada@parcelline.example", "ines@parcelline.example", "noor@parcelline.example"]  # from the ground up
HOUR = 3600


class Climbing(Storm):
    """A desk without its supervisor, on which ladders are climbed; and its work processes."""

    def fill(self, count, after):
        """So many tickets' ladders, three rungs each, `after` seconds apart."""
        return self._inside(FILL.format(port=self.sink.port, count=count, after=after))

    def have(self, climbs):
        """Inés has these."""
        return self._inside(HAVE.format(climbs=climbs))

    def ask(self):
        return self._inside(ASK)

    def settled(self, done):
        def look():
            found = self.ask()
            return found if done(found) and not found["waiting"] and not found["letters"] else None

        return wait_for(look, "the ladders to be climbed", 240)


@pytest.fixture
def storm(new_desk, smtp_sink):
    storm = Climbing(new_desk(), smtp_sink)
    yield storm
    storm.end()


def rungs(found, climb, way="mail"):
    """Who was told of a climb, in order, as (rung, address)."""
    return [
        (rung, who) for one, rung, _round, who, how, *_letter in found["told"] if (one, how) == (climb, way)
    ]


def ids(found, state="sent"):
    """{Message-ID: climb} of the mails in a state."""
    return {one[6]: one[0] for one in found["told"] if one[5] == state}


def reached(sink):
    """How often each mail to one of ours reached the outside."""
    ours = (letter for letter in sink.letters if set(letter.recipients) <= set(OURS))
    return Counter(str(letter.message["Message-ID"]).strip("<>") for letter in ours)


def test_killed_workers_lose_no_rung_and_tell_none_twice(storm):
    dice = random.Random(7)
    climbs = storm.fill(MANY, 3)
    workers = [storm.start(), storm.start()]
    wait_for(lambda: len(storm.ask()["told"]) >= MANY, "the first rung", 60)
    held = storm.have(climbs[::3])
    for _kill in range(KILLS):
        time.sleep(dice.uniform(0.05, 0.6))
        victim = dice.choice(workers)
        storm.kill(victim)
        workers = [worker for worker in workers if worker is not victim] + [storm.start()]
    free = [climb for climb in climbs if climb not in held]
    found = storm.settled(lambda f: all(f["states"][str(climb)] == "topped" for climb in free))
    for climb in free:
        assert rungs(found, climb) == list(enumerate(OURS, start=1)), "each once, from the ground up"
        assert rungs(found, climb, "product") == rungs(found, climb)
    assert found["late"] == [], "nobody is told after somebody has it"
    assert {found["states"][str(climb)] for climb in held} == {"held"}
    arrived = reached(storm.sink)
    assert {name.strip("<>") for name in ids(found)} == set(arrived), (
        "what was sent arrived, and nothing else"
    )
    assert not {name.strip("<>") for name in ids(found, "taken_back")} & set(arrived)
    # Only the letter in a killed worker's hands may go out again, under the same Message-ID.
    assert sum(times - 1 for times in arrived.values()) <= KILLS


def test_a_system_time_that_jumps_loses_nothing_and_repeats_nothing(storm, tmp_path):
    climbs = storm.fill(10, HOUR // 2)
    with system_time(tmp_path) as (environment, step):
        step(-HOUR)
        storm.start(**environment)
        time.sleep(3)
        assert storm.ask()["told"] == [], "it is an hour earlier for this process"
        step(HOUR)
        found = storm.settled(lambda f: len(f["told"]) == 2 * len(climbs))
        assert all(rungs(found, climb) == [(1, OURS[0])] for climb in climbs), "one rung, not all at once"
        step(-HOUR)
        time.sleep(2)
        assert len(storm.ask()["told"]) == 2 * len(climbs), (
            "nobody is told again in the hour that comes twice"
        )
        step(3 * HOUR)
        found = storm.settled(lambda f: len(f["told"]) == 4 * len(climbs))
        step(5 * HOUR)
        found = storm.settled(lambda f: len(f["told"]) == 6 * len(climbs))
    for climb in climbs:
        assert rungs(found, climb) == list(enumerate(OURS, start=1))
    assert set(reached(storm.sink).values()) == {1}
