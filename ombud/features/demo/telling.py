"""Tells the story: reads it from story/*.toml and lets everybody do what they did, when they did it."""

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

from django.db import transaction

from ombud.foundation.clock.due import next_due
from ombud.lib.rooms import due_work, plugged

from .people import Parcelline
from .scenes import SCENES

SIGN_IN = "parcels-and-promises"
ZONE = ZoneInfo("Europe/Amsterdam")
MORNING = timedelta(hours=10, minutes=20)
MONDAY, SUNDAY = 0, 6
AFTER = timedelta(seconds=15)  # time enough for an acknowledgement to be written
ARRIVAL = ("fetch", "arrival", "acknowledgements")  # lanes with nothing to do while nobody writes
CHAPTERS = ("english", "spanish", "french", "chinese")


@dataclass(order=True)
class Scene:
    """One thing that somebody did in a thread of the story."""

    at: datetime
    order: int
    thread: dict = field(compare=False)
    step: dict = field(compare=False)

    @property
    def is_outside(self):
        """Whether a customer wrote or was written to: then the house has something to do by itself."""
        return self.step.get("do", "customer") in ("customer", "reply", "forward")


@transaction.atomic
def tell_story(now, progress=lambda done, of: None):
    """Fill an empty desk with the month that ended just now; answers with the addresses to sign in with."""
    house = Parcelline(first_day=now - timedelta(days=34), password=SIGN_IN)
    scenes, at = sorted(_scenes(now)), house.first_day
    for done, scene in enumerate(scenes):
        at = _pass_time(at, scene.at)
        SCENES[scene.step.get("do", "customer")](house, scene.thread, scene.step, scene.at)
        if scene.is_outside:
            _meanwhile(scene.at + AFTER)
        if done % 10 == 0:
            progress(done, len(scenes))
    _pass_time(at, now)
    _meanwhile(now)
    for add in plugged("demo"):
        add(now)
    _meanwhile(now)
    progress(len(scenes), len(scenes))
    return house.sign_in_addresses()


def _scenes(now):
    order = 0
    for chapter in CHAPTERS:
        text = resources.files(__package__).joinpath("story", f"{chapter}.toml").read_text("utf-8")
        for thread in tomllib.loads(text)["thread"]:
            for step in thread["step"]:
                order += 1
                yield Scene(_moment(step["at"], now), order, thread, step)


def _moment(at, now):
    """A time in the story: "-3 14:05" is three working days back at 14:05, "-0 09:40" is this morning.

    This morning ended at MORNING, and that is now: so the desk is fresh at any hour of any day.
    """
    days, clock = at.split()
    clock = time.fromisoformat(clock)
    if days == "-0":
        return now - (MORNING - timedelta(hours=clock.hour, minutes=clock.minute))
    day = (now.astimezone(ZONE) - MORNING).date()
    for _ in range(-int(days)):
        day -= timedelta(days={MONDAY: 3, SUNDAY: 2}.get(day.weekday(), 1))
    return datetime.combine(day, clock, ZONE)


def _pass_time(since, until):
    """What falls due between two scenes happens at its own time: a promise is broken, somebody is told."""
    while at := next_due(since, until):
        _meanwhile(at, without=ARRIVAL)
        since = at
    return max(since, until)


def _meanwhile(now, without=()):
    """What the house does by itself: acknowledge, index, keep letters in the outbox, wake what slept."""
    work = [function for lane, function in due_work() if lane not in without]
    while sum([_all_of(function, now) for function in work]):
        pass


def _all_of(function, now):
    done = 0
    while batch := function(now):
        done += batch
    return done
