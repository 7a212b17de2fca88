"""The desk as a person sees it: `desk(cast.ada).get("/inbox/mine/")`."""

import pytest
from django.test import Client

from ombud.spine.escalations import actions


class Desk:
    """A browser without scripts, signed in as one of ours."""

    def __init__(self, client):
        self.client = client

    def get(self, path, expect=200, **query):
        answer = self.client.get(path, query)
        assert answer.status_code == expect, (path, answer.status_code)
        return answer.content.decode() if not answer.streaming else answer

    def post(self, path, expect=302, **fields):
        answer = self.client.post(path, fields)
        assert answer.status_code == expect, (path, answer.status_code, answer.content[:300])
        return answer

    def ask(self, path, expect=200, **fields):
        """As our script posts: the answer is JSON."""
        answer = self.client.post(path, fields, headers={"Accept": "application/json"})
        assert answer.status_code == expect, (path, answer.status_code, answer.content[:300])
        return answer.json() if answer.content else None


@pytest.fixture
def desk(cast):
    """Makes a signed-in desk for a person."""
    return lambda person: Desk(cast.signed_in(Client(), person))


@pytest.fixture
def now_is(monkeypatch, cast):
    """Pages are asked at the cast's time."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: cast.now)


@pytest.fixture
def escalation(cast, now_is):
    """Carla's ticket, escalated by Ada, led by Emil; the first word is due in an hour."""
    assert cast.emil and cast.ines and cast.noor
    ticket = cast.writes(cast.carla)
    return actions.raise_one(ticket, reason="impact", severity="high", by=cast.ada, now=cast.now)


@pytest.fixture
def address():
    """The address of E-101, or of a deed on it."""
    return lambda *more: "/".join(["/escalations/E-101", *map(str, more), ""])
