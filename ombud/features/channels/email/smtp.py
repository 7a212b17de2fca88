"""Our own door for mail. 250 is said only when a mail is safely stored, and 451 or 452 when it cannot be."""

import asyncio
import errno
import logging
import os
import ssl
import time
from collections import Counter, deque
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils import timezone

from ombud.features.channels.arrival import spool
from ombud.features.channels.arrival.keeping import Delivered

from .ledger import Ledger
from .receiving import Addresses
from .session import Conversation

logger = logging.getLogger(__name__)
MEGABYTE = 1024 * 1024
AT_ONCE = 500  # conversations in all; more are asked to come back
AT_ONCE_EACH = 50  # conversations with one foreign host
MEMORY = 256 * MEGABYTE  # of messages that are being taken at this moment
NEIGHBOURS = ("127.", "::1")  # our own machine: a mail server in front of us, or a test
SILENCE = 300  # seconds after which a conversation is ended; RFC 5321 asks for five minutes
END_WITHIN = 3.0
FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class Settings:
    """What the environment says about the SMTP door."""

    host: str
    port: int
    name: str
    size: int
    rate: int
    certificate: str
    key: str

    @classmethod
    def from_environment(cls, environ):
        return cls(
            host=environ.get("OMBUD_SMTP_BIND") or environ.get("OMBUD_BIND") or "127.0.0.1",
            port=int(environ.get("OMBUD_SMTP_PORT") or 2525),
            name=environ.get("OMBUD_SMTP_NAME") or "localhost",
            size=int(float(environ.get("OMBUD_SMTP_SIZE_MB") or 40) * MEGABYTE),
            rate=int(environ.get("OMBUD_SMTP_RATE") or 600),
            certificate=environ.get("OMBUD_SMTP_CERT") or "",
            key=environ.get("OMBUD_SMTP_KEY") or "",
        )

    def tls(self):
        """What STARTTLS needs, or None when there is no certificate."""
        if not self.certificate:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate, self.key or None)
        return context


def serve(stop):
    """Take mail until the event is set. A port of 0 switches the door off for this process."""
    settings = Settings.from_environment(os.environ)
    if settings.port:
        spool.sweep()
        asyncio.run(_serve(settings, stop))


async def _serve(settings, stop):
    async with open_door(settings):
        await asyncio.to_thread(stop.wait)


class open_door:
    """Listen; at the end, what was read is still written down and answered."""

    def __init__(self, settings):
        self.settings = settings

    async def __aenter__(self):
        loop = asyncio.get_running_loop()
        self.house = House(self.settings, Ledger(loop, others=lambda: self.house.taking))
        self.house.ledger.start()
        tls = self.settings.tls()
        self.server = await loop.create_server(
            lambda: Conversation(
                self.house,
                house=self.house,
                data_size_limit=self.settings.size,
                enable_SMTPUTF8=True,
                hostname=self.settings.name,
                tls_context=tls,
                timeout=SILENCE,
                loop=loop,
            ),
            self.settings.host,
            self.settings.port,
            backlog=512,
        )
        self.house.port = self.server.sockets[0].getsockname()[1]
        return self.house

    async def __aexit__(self, *_error):
        self.server.close()
        self.house.closing = True
        until = time.monotonic() + END_WITHIN
        while self.house.taking and time.monotonic() < until:
            await asyncio.sleep(0.02)
        self.house.ledger.end()
        await asyncio.to_thread(self.house.ledger.join, END_WITHIN)


class House:
    """Who may come in, and what becomes of what they bring (aiosmtpd calls the handle_ methods)."""

    def __init__(self, settings, ledger):
        self.settings = settings
        self.ledger = ledger
        self.addresses = Addresses(ledger)
        self.inside = Counter()
        self.sent = {}
        self.taking = 0
        self.closing = False
        self.free = MEMORY
        self.port = settings.port

    def enter(self, peer):
        host = str(peer[0]) if peer else ""
        self.inside[host] += 1
        return host

    def leave(self, host):
        self.inside[host] -= 1
        if not self.inside[host]:
            del self.inside[host]

    @contextmanager
    def memory(self):
        """A share of what all messages together may take while they are read."""
        share = Share(self)
        self.taking += 1
        try:
            yield share
        finally:
            self.free += share.taken
            self.taking -= 1

    async def handle_MAIL(self, server, session, envelope, address, options):
        if refusal := self._crowd(session):
            return refusal
        if not await self.addresses.channel_is_open():
            return "450 4.3.2 Mail is not taken at the moment; please try again later"
        envelope.mail_from = address or ""
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    def _crowd(self, session):
        host = str(session.peer[0]) if session.peer else ""
        if self.closing:
            return "421 4.3.2 This desk is being restarted; please try again in a minute"
        if sum(self.inside.values()) > AT_ONCE:
            return "421 4.3.2 Too many conversations; please try again in a minute"
        if host.startswith(NEIGHBOURS):
            return None
        if self.inside[host] > AT_ONCE_EACH:
            return "421 4.7.0 Too many conversations from your host; please try again in a minute"
        return self._haste(host)

    def _haste(self, host):
        now = time.monotonic()
        if len(self.sent) > 10_000:
            self.sent = {peer: times for peer, times in self.sent.items() if times[-1] > now - 60}
        times = self.sent.setdefault(host, deque(maxlen=self.settings.rate))
        if len(times) == self.settings.rate and times[0] > now - 60:
            return "451 4.7.0 Too many mails from your host within a minute; please try again later"
        times.append(now)
        return None

    async def handle_RCPT(self, server, session, envelope, address, options):
        try:
            mailbox_id = await self.addresses.mailbox_for(address)
        except Exception:
            return "451 4.3.0 Our database does not answer; please try again in a few minutes"
        if mailbox_id is None:
            return "550 5.1.1 There is no such mailbox here"
        if getattr(envelope, "mailbox_id", None) is None:
            envelope.mailbox_id = mailbox_id
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        content, envelope.content, envelope.original_content = envelope.content, None, None
        try:
            await self.ledger.keep(
                Delivered(
                    raw=content,
                    channel="email",
                    source="smtp",
                    at=timezone.now(),
                    mailbox_id=envelope.mailbox_id,
                    envelope_from=envelope.mail_from.removeprefix("<>"),  # so a report comes from nobody
                    envelope_to=list(envelope.rcpt_tos),
                    remote=str(session.peer[0]) if session.peer else "",
                )
            )
        except Exception as error:  # written to the log by the ledger
            if getattr(error, "errno", None) in FULL:
                return "452 4.3.1 There is no room for it just now; please try again later"
            return "451 4.3.0 It could not be stored just now; please try again in a few minutes"
        return "250 2.0.0 Stored"

    async def handle_exception(self, error):
        logger.error("an SMTP conversation failed: %r", error, exc_info=error)
        return "451 4.3.0 Something went wrong here; nothing was taken, please try again"


class Share:
    """What one message takes of the memory for all of them."""

    def __init__(self, house):
        self.house = house
        self.taken = 0

    def take(self, size):
        """False when there is none left."""
        if size > self.house.free:
            return False
        self.house.free -= size
        self.taken += size
        return True
