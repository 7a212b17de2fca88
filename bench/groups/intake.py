"""Mails a second through the whole pipeline: from SMTP clients to tickets, log, index, an empty tray."""

import smtplib
import threading
import time

from aiosmtpd.controller import Controller
from django.utils import timezone

from bench import mails, rows
from bench.figures import Figure
from bench.timing import rate
from bench.tree import free_port
from ombud.features.channels.arrival import spool
from ombud.features.channels.models import Incoming
from ombud.foundation.events.models import Delivery
from ombud.foundation.people.models import Customer
from ombud.lib import files
from ombud.lib.mail import understand
from ombud.spine.tickets.models import Message

CLIENTS = 8
PATIENCE = 600  # seconds
WARM = 40


def measure(wanted):
    count = 200 if wanted.quick else 3000
    letters = mails.write(count, known=Customer.objects.count(), seed=11)
    _through(wanted.smtp_port, mails.write(WARM, seed=5))
    before = rows.newest()
    whole = round(count / _through(wanted.smtp_port, letters), 1)
    made = rows.since(before)
    storing = count / _storing(letters)
    yield Figure(
        "intake, the whole pipeline",
        whole,
        "mails/s",
        round(storing, 1),
        "mails/s by SMTP to synced files",
        f"{count} mails by {CLIENTS} clients",
    )
    reading = rate(lambda at: understand(letters[at % count][1]), seconds=0.5 if wanted.quick else 2)
    yield Figure(
        "intake, beside understanding alone", whole, "mails/s", round(reading, 1), "mails/s understood"
    )
    if wanted.copy:
        inserting = count / rows.insert(made, count, wanted)
        yield Figure(
            "intake, beside inserting alone",
            whole,
            "mails/s",
            round(inserting, 1),
            "mails/s of the same rows",
            f"{sum(map(len, made.values())) / count:.1f} rows a mail, a commit for each mail",
        )


def _through(port, letters):
    """Send them all; the seconds until each is a message, every follower has seen it and nothing waits."""
    wanted = Message.objects.filter(kind="received").count() + len(letters)
    began = time.monotonic()
    _send(port, letters)
    while _waits() and time.monotonic() < began + PATIENCE:
        time.sleep(0.02)
    seconds = time.monotonic() - began
    there = Message.objects.filter(kind="received").count()
    if there != wanted:
        others = Incoming.objects.exclude(state="done").values_list("state", "reason", "error")
        raise SystemExit(f"bench: {wanted - there} of {len(letters)} mails are no message: {others[:5]}")
    return seconds


def _waits():
    """Acknowledgements wait ten seconds on purpose; what is due now is what counts."""
    return (
        any(spool.folder().glob("*.list"))
        or Incoming.objects.filter(due_at__isnull=False).exists()
        or Delivery.objects.filter(due_at__lte=timezone.now()).exists()
    )


def _send(port, letters):
    """As CLIENTS mail servers would: each on one connection, each waiting for its 250."""
    failed = []

    def client(share):
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=120) as line:
                for sender, content in share:
                    line.sendmail(sender, ["support@desk.test"], content)
        except (OSError, smtplib.SMTPException) as error:
            failed.append(error)

    threads = [threading.Thread(target=client, args=(letters[n::CLIENTS],)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise SystemExit(f"bench: an SMTP client failed: {failed[0]!r}")


class Store:
    """An SMTP server that does nothing but keep each mail as a synced file."""

    async def handle_DATA(self, server, session, envelope):
        files.keep(envelope.content)
        return "250 kept"


def _storing(letters):
    """The seconds that the same clients need when nothing but the file is made."""
    # Not the same bytes: what is already there would not be written again.
    letters = [(sender, b"X-Ceiling: 1\r\n" + content) for sender, content in letters]
    controller = Controller(Store(), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        began = time.monotonic()
        _send(controller.port, letters)
        return time.monotonic() - began
    finally:
        controller.stop()
