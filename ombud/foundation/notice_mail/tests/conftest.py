"""A desk whose letters reach a real mail server, and kinds of notices of our own."""

from datetime import UTC, datetime

import pytest

from ombud.foundation.notifications.kinds import KINDS, Kind
from ombud.foundation.people.actions import add_person, found_company
from ombud.foundation.post.actions import keep_mailbox

NOW = datetime(2026, 11, 19, 13, 36, tzinfo=UTC)


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def kinds(monkeypatch):
    """Room for kinds that only this test declares."""
    monkeypatch.setattr("ombud.foundation.notifications.kinds.KINDS", KINDS)
    before = dict(KINDS)
    yield lambda name, **more: Kind(name, "Something burns", "%(who)s says that it burns", **more)
    KINDS.clear()
    KINDS.update(before)


@pytest.fixture
def desk(db, smtp_sink):
    """Parcelline's desk, whose letters leave through the sink."""
    found_company(
        name="Parcelline",
        language="en",
        time_zone="Europe/Amsterdam",
        address="https://support.parcelline.example",
        now=NOW,
    )
    return keep_mailbox(
        address="support@desk.test",
        name="Parcelline",
        smtp_host=smtp_sink.host,
        smtp_port=smtp_sink.port,
        smtp_security="none",
        by=None,
        now=NOW,
    )


@pytest.fixture
def ada(db):
    return add_person(email="ada@parcelline.example", name="Ada Lindqvist", role="associate", now=NOW)


@pytest.fixture
def lin(db):
    return add_person(
        email="lin@parcelline.example", name="林晓雯", role="engineer", language="zh-hans", now=NOW
    )
