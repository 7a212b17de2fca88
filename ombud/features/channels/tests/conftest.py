"""A desk's door for mail, and the wires of the outside world."""

import asyncio
import smtplib
import threading
from contextlib import closing

import pytest
from django.db import connection
from django.utils import timezone

from ombud.features.channels.arrival.keeping import Delivered, keep
from ombud.features.channels.arrival.work import take_in_due
from ombud.features.channels.email.smtp import Settings, open_door
from ombud.features.channels.models import Incoming


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    return settings.FILES


class Post:
    """Mails as they come to the desk, without the wire: `post.brings(raw)` keeps one and takes it in."""

    def __init__(self, cast):
        self.cast = cast

    def keeps(self, raw, **more):
        fields = {
            "channel": "email",
            "source": "smtp",
            "at": self.cast.now,
            "mailbox_id": self.cast.mailbox.pk,
            "envelope_to": [self.cast.mailbox.address],
            "envelope_from": "somebody@elsewhere.example",
        }
        return keep(Delivered(raw=raw, **(fields | more)))

    def brings(self, raw, **more):
        """The row of what came in, after it was taken in."""
        row = self.keeps(raw, **more)
        self.works()
        row.refresh_from_db()
        return row

    def works(self, **later):
        take_in_due(self.cast.later(**later) if later else self.cast.now)


@pytest.fixture
def post(cast):
    return Post(cast)


class Door:
    """A real SMTP server in a thread of its own, and a real client."""

    def __init__(self, **changed):
        fields = {"host": "127.0.0.1", "port": 0, "name": "desk.test", "size": 40 * 1024 * 1024}
        self.settings = Settings(**(fields | {"rate": 600, "certificate": "", "key": ""} | changed))
        self.stop = threading.Event()
        self.ready = threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    async def _serve(self):
        async with open_door(self.settings) as house:
            self.house = house
            self.ready.set()
            await asyncio.to_thread(self.stop.wait)

    def __enter__(self):
        self.thread.start()
        assert self.ready.wait(10)
        return self

    def __exit__(self, *_error):
        self.stop.set()
        self.thread.join(10)

    def client(self):
        return closing(smtplib.SMTP("127.0.0.1", self.house.port, timeout=30))

    def takes(self, raw, sender="carla@acme-outdoor.example", to=("support@desk.test",), options=()):
        """A client hands a mail over; then the desk takes it in."""
        with self.client() as client:
            client.sendmail(sender, list(to), raw, mail_options=list(options))
        take_in_due(timezone.now())
        return Incoming.objects.order_by("-pk").first()


@pytest.fixture
def new_door(transactional_db, cast):
    """Opens doors with settings of their own; each closes at the end."""
    opened = []

    def open_one(**changed):
        opened.append(Door(**changed).__enter__())
        return opened[-1]

    yield open_one
    for one in opened:
        one.__exit__()
    connection.close()


@pytest.fixture
def door(new_door):
    return new_door()
