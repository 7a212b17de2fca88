"""The outside world's mail server: a real SMTP sink that keeps what it was given."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller

from tests.support.desk import free_port, wait_for


@dataclass
class Letter:
    """One mail as it arrived: the envelope's addresses, the bytes, and what they mean."""

    sender: str
    recipients: list[str]
    raw: bytes
    message: EmailMessage


class Sink:
    """Listens on `host`:`port` and keeps `letters`; while `refuse` is set, every mail gets that line."""

    host = "127.0.0.1"

    def __init__(self):
        self.port = free_port()
        self.letters = []
        self.refuse = None
        self.controller = Controller(self, hostname=self.host, port=self.port)

    async def handle_DATA(self, server, session, envelope):
        if self.refuse:
            return self.refuse
        raw = envelope.original_content or envelope.content
        message = message_from_bytes(raw, policy=policy.default)
        self.letters.append(Letter(envelope.mail_from, envelope.rcpt_tos, raw, message))
        return "250 kept"

    def wait_for(self, count=1, seconds=30):
        """All letters, once there are at least that many."""
        wait_for(lambda: len(self.letters) >= count, f"{count} letters in the sink", seconds)
        return self.letters


@pytest.fixture
def smtp_sink():
    """A mail server that accepts everything and keeps it."""
    sink = Sink()
    sink.controller.start()
    yield sink
    sink.controller.stop()
