"""Carrying letters out of the house: leased, sent without a transaction, and written down as sent.

What a server took is a receipt at once (`receipts`) and a row soon, in groups (`tally`). A worker that dies
between the server's yes and its receipt leaves a lease behind. When that runs out the letter goes out again
under the same Message-ID, so that the reader's mail program shows it once.
"""

import logging
import os
import tempfile
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from . import events
from .envelopes import content_of, recipients_of
from .models import Letter
from .secrets import LostKey
from .servers import WrongAddress, server_of
from .tally import Clock, Tally, write_down_left_behind, write_down_unwritten
from .wire import Connection, Unreachable, Verdict

logger = logging.getLogger(__name__)
BATCH = 20
LEASE = timedelta(minutes=10)  # longer than the slowest server may take for one letter (see wire.py)
RENEW_AFTER = timedelta(minutes=1)
# Two days in all: mail servers are mended within one, and the sender must hear of it while it still matters.
BACK_OFF = tuple(timedelta(minutes=m) for m in (1, 3, 10, 30, 60, 120, 240, 480, 960, 960))


def send_due(now):
    """Send one batch of letters that are due; says how many were taken."""
    _remember(settings.DATA)
    write_down_unwritten()
    clock = Clock(now)
    letters = _lease(now)
    for server, group in _by_server(letters, clock):
        with Tally(clock) as tally:
            if server is None:
                for letter in group:
                    _keep(letter, tally)
            else:
                _carry(server, group, tally)
    return len(letters)


@cache
def _remember(_folder):
    """Once in a process: what those before it had handed over when they were killed."""
    write_down_left_behind()


def _lease(now):
    """Take a batch. One whose last lease ran out may have left already: it is marked as repeated."""
    letters = Letter.objects.select_related("mailbox").lease(
        now,
        now + LEASE,
        BATCH,
        leased_at=now,
        attempts=F("attempts") + 1,
        repeated=Case(When(leased_at__isnull=False, then=Value(True)), default=F("repeated")),
    )
    for letter in letters:
        letter.leased_at, letter.attempts = now, letter.attempts + 1
    return letters


def _by_server(letters, clock):
    groups, servers = {}, {}
    for letter in letters:
        try:
            if letter.mailbox_id not in servers:
                servers[letter.mailbox_id] = server_of(letter.mailbox)
        except LostKey:
            _set_back(letter, _("The mailbox’s password cannot be read any more: enter it again."), clock)
        except WrongAddress as error:
            _set_back(letter, str(error), clock)
        else:
            groups.setdefault(servers[letter.mailbox_id], []).append(letter)
    return groups.items()


def _carry(server, letters, tally):
    """All of a batch that one server takes, over one connection if it holds."""
    connection, clock = None, tally.clock
    try:
        for at, letter in enumerate(letters):
            tally.write_down_soon()
            if not _still_ours(letter, clock):
                continue
            content = _content_or_death(letter, clock)
            if content is None:
                continue
            try:
                connection = connection or Connection(server, letter.mailbox.domain)
            except Unreachable as error:
                for waiting in letters[at:]:
                    _set_back(waiting, str(error), clock)
                return
            verdict = connection.hand_over(letter.mailbox.address, recipients_of(letter), content)
            if verdict.broken:
                connection.close()
                connection = None
            _conclude(letter, verdict, tally)
    finally:
        if connection:
            connection.close()


def _content_or_death(letter, clock):
    """The letter as bytes; one that cannot be written is dead, and does not stop the others."""
    try:
        return content_of(letter)
    except Exception as error:
        logger.exception("letter %s could not be composed", letter.pk)
        _die(letter, _("This mail could not be put together: %s") % error, clock, permanent=True)
        return None


def _still_ours(letter, clock):
    """Renew a lease that is getting old; False when another worker has taken the letter meanwhile."""
    now = clock.now()
    if now - letter.leased_at < RENEW_AFTER:
        return True
    if not _held(letter).update(due_at=now + LEASE, leased_at=now):
        return False
    letter.leased_at = now
    return True


def _held(letter):
    """The letter's row, if our lease still holds."""
    return Letter.objects.filter(
        pk=letter.pk, state=Letter.State.WAITING, leased_at=letter.leased_at, attempts=letter.attempts
    )


def _conclude(letter, verdict: Verdict, tally):
    accepted = [*letter.accepted, *verdict.taken]
    columns = {"accepted": accepted}
    if verdict.unsure:
        columns["repeated"] = True
    error = "\n".join(f"{who}: {why}" for who, why in {**verdict.never, **verdict.later}.items())
    if verdict.later:
        _set_back(letter, error, tally.clock, **columns)
    elif _reached_whom_it_was_for(letter, accepted):
        tally.add(letter, Letter.State.SENT, **columns, **({"error": error} if error else {}))
    else:
        _die(letter, error, tally.clock, permanent=True, **columns)


def _reached_whom_it_was_for(letter, accepted):
    """A mail that only reached its copies was not delivered."""
    meant = [address for _name, address in letter.to or letter.cc or letter.bcc]
    return not set(meant).isdisjoint(accepted)


def _set_back(letter, error, clock, **columns):
    """Try again later, or give up when it was tried for long enough."""
    if letter.attempts > len(BACK_OFF):
        _die(letter, error, clock, permanent=False, **columns)
        return
    due_at = clock.now() + BACK_OFF[letter.attempts - 1]
    _held(letter).update(due_at=due_at, leased_at=None, error=error, **columns)


def _die(letter, error, clock, *, permanent, **columns):
    with transaction.atomic():
        if _held(letter).update(state=Letter.State.DEAD, due_at=None, leased_at=None, error=error, **columns):
            events.LETTER_FAILED.record(
                case=letter.case_id, now=clock.now(), letter=letter.pk, permanent=permanent
            )


def _keep(letter, tally):
    """There is no mail server: what would have been sent stands in the outbox folder and on the screen."""
    content = _content_or_death(letter, tally.clock)
    if content is None:
        return
    try:
        _write_down(Path(settings.DATA) / "outbox" / f"{letter.pk}.eml", content)
    except OSError as error:
        _set_back(letter, _("This mail could not be kept in the outbox: %s") % error, tally.clock)
        return
    tally.add(letter, Letter.State.KEPT)


def _write_down(target, content):
    """Whole or not at all, and on the disk before the row says so."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    Path(temporary).rename(target)
