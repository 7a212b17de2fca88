from datetime import UTC, datetime

import pytest

from ombud.foundation.events.models import Case
from ombud.foundation.people.actions import add_person
from ombud.foundation.post.actions import keep_mailbox, send

from .servers import MailServer

NOW = datetime(2026, 11, 19, 13, 36, tzinfo=UTC)


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def server():
    server = MailServer()
    yield server
    server.stop()


@pytest.fixture
def support(db, server):
    """Our mailbox, whose letters leave through the server."""
    return keep_mailbox(
        address="support@desk.test",
        name="Parcelline",
        smtp_host="127.0.0.1",
        smtp_port=server.port,
        smtp_security="none",
        by=None,
        now=NOW,
    )


@pytest.fixture
def ada(db):
    return add_person(email="ada@parcelline.example", name="Ada Lindqvist", role="associate", now=NOW)


@pytest.fixture
def write(db):
    """Puts a letter to Carla into the post; whatever is given overrides what is usual."""

    def write(mailbox=None, **changed):
        usual = {
            "key": "reply:1",
            "case": Case.objects.create(kind="ticket"),
            "mailbox": mailbox,
            "kind": "reply",
            "to": [["Carla Benítez", "carla@acme-outdoor.example"]],
            "subject": "Re: Etiquetas rechazadas en Cádiz",
            "text": "Hola Carla, lo estoy mirando.",
            "html": "<p>Hola Carla, lo estoy mirando.</p>",
            "now": NOW,
        }
        return send(**{**usual, **changed})

    return write
