"""Customers at their door: `enter(here.carla)` signs in, `room(cast.carla)` is the page behind their link."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from ombud.doors.portal.tests.customers import at_the_door
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Stage
from ombud.spine.escalations.passes import token_of
from tests.cast import Cast


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    cache.clear()


@pytest.fixture
def here(db):
    """The cast, at the time of the clock on the wall, which pages ask."""
    return Cast(now=timezone.now())


@pytest.fixture
def enter():
    """A browser in which a customer is signed in: `enter(here.carla)`."""
    return lambda customer, **options: at_the_door(customer, timezone.now(), **options)


class Room:
    """A browser without scripts that has a link, and nothing else."""

    def __init__(self, token, language="en"):
        self.path, self.client = f"/c/{token}/", Client()
        self.client.cookies["django_language"] = language

    def get(self, expect=200):
        """The page's source."""
        answer = self.client.get(self.path)
        assert answer.status_code == expect, (answer.status_code, answer.content[:500])
        return answer.content.decode()

    def words(self, expect=200):
        """What is read on it."""
        source = re.sub(r"<(style|script|svg).*?</\1>", " ", self.get(expect), flags=re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", source).split())

    def post(self, deed, expect=302, **given):
        answer = self.client.post(f"{self.path}{deed}", given)
        assert answer.status_code == expect, (answer.status_code, answer.content[:2000])
        return answer.content.decode()


@pytest.fixture
def now_is(monkeypatch, cast):
    """Pages are asked at the cast's time."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: cast.now)


@pytest.fixture
def ticket(cast):
    return cast.writes(cast.carla)


@pytest.fixture
def escalation(cast, now_is, ticket):
    """Carla's ticket, escalated by Ada, led by Emil; the first word is due in an hour."""
    assert cast.emil and cast.ines and cast.noor
    return actions.raise_one(ticket, reason="impact", severity="high", by=cast.ada, now=cast.now)


@pytest.fixture
def room(cast, now_is, ticket):
    """Opens the room of Carla's ticket: `room(cast.carla)`, `room()` for all in the thread."""

    def room(customer=None, about=None, language="en"):
        return Room(token_of(actions.give_pass(about or ticket, customer, now=cast.now)), language)

    return room


@pytest.fixture
def offered(cast, escalation):
    """A workaround that was signed off; the fix is owed in three days."""
    cast.later(minutes=20)
    actions.set_brief(
        escalation, understood="Customs refuse.", impact="412 parcels.", by=cast.emil, now=cast.now
    )
    solution = actions.propose(
        escalation,
        "workaround",
        "Print from the carrier page.",
        fix_due_at=cast.now + timedelta(days=3),
        by=cast.emil,
        now=cast.now,
    )
    actions.sign_off(solution, by=cast.emil, now=cast.now)
    actions.reach(escalation, Stage.INVESTIGATED, by=cast.emil, now=cast.now)
    return solution
