"""Declaring what can happen, writing it down, and listening to it."""

import json
from collections import defaultdict
from dataclasses import dataclass

from django.db import connection, transaction

from . import machines
from .models import Delivery, Event

CATALOGUE = {}
MANY = 50  # copies; from then on the database multiplies them itself, several times as fast
_COPIES = """
INSERT INTO events_delivery (event_id, follower, due_at, attempts, error)
SELECT event, follower, %s, 0, '' FROM {} ORDER BY event
"""
_ARRAYS = "unnest(%s::bigint[]) AS event, unnest(%s::text[]) AS follower"
_LISTS = "(SELECT e.value AS event, f.value AS follower FROM json_each(%s) AS e, json_each(%s) AS f)"
_reactions = defaultdict(list)
_followers = defaultdict(dict)
BATCHED = {}  # follower name -> function(list of events), for followers that take many at once
SINGLE = {}  # follower name -> function(event)


@dataclass(frozen=True)
class Verb:
    """A kind of thing that can happen. `carries` names exactly the fields that its events hold."""

    name: str
    meaning: str
    carries: tuple[str, ...] = ()

    def __post_init__(self):
        if self.name in CATALOGUE:
            raise ValueError(f"{self.name} is declared twice")
        CATALOGUE[self.name] = self

    def record(self, *, case=None, by=None, now, **data):
        """Write it down, let the house react, and put a copy in each follower's tray."""
        return self.record_many([(case, data)], by=by, now=now)[0]

    def record_many(self, happenings, *, by=None, now):
        """The same for many cases at once: pairs of a case (or its id) and the event's data."""
        with transaction.atomic():
            events = Event.objects.bulk_create(
                [self._event(case, data, by, now) for case, data in happenings]
            )
            for react in _reactions[self.name]:
                react(events)
            _fill_tray(events, [*_followers[self.name], *_followers["*"]], now)
            _tell_the_hub()
        return events

    def _event(self, case, data, by, now):
        if set(data) != set(self.carries):
            raise TypeError(f"{self.name} carries {self.carries}, not {tuple(data)}")
        case_id = case if isinstance(case, int) or case is None else case.pk
        return Event(
            verb=self.name,
            case_id=case_id,
            actor=by,
            token_id=machines.token_id(),
            happened_at=now,
            data=data,
        )

    def reaction(self, function):
        """Run the function(event) in the same transaction, so that the house never disagrees with itself."""

        def each(events):
            for event in events:
                function(event)

        _reactions[self.name].append(each)
        return function

    def batch_reaction(self, function):
        """Like a reaction, but the function takes a list of events that were recorded together."""
        _reactions[self.name].append(function)
        return function

    def follower(self, function):
        """Run the function(event) after the commit, again and again until it succeeds."""
        follow(self.name, function)
        return function

    def batch_follower(self, function):
        """Like a follower, but the function takes a list of events, oldest first."""
        follow(self.name, function, batch=True)
        return function


def follow(verb, function, batch=False):
    """Listen to a verb by name, or to all of them with "*"."""
    name = f"{function.__module__}.{function.__name__}"
    (BATCHED if batch else SINGLE)[name] = function
    _followers[verb][name] = function


def _fill_tray(events, followers, now):
    """A copy of each event for each follower, the oldest first."""
    if len(events) * len(followers) < MANY:
        copies = (Delivery(event=event, follower=name, due_at=now) for event in events for name in followers)
        Delivery.objects.bulk_create(copies)
        return
    ids, at = [event.pk for event in events], connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_COPIES.format(_ARRAYS), [at, ids, followers])
        else:
            cursor.execute(_COPIES.format(_LISTS), [at, json.dumps(ids), json.dumps(followers)])


def _tell_the_hub():
    """PostgreSQL's listeners hear of a commit once; on SQLite they watch the file's version instead."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("NOTIFY ombud")
