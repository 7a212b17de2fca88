"""bin/ombud import mbox: old mail becomes tickets."""

import argparse
import hashlib
import sys
from datetime import timedelta
from itertools import islice
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.features.channels.arrival.keeping import Delivered, keep_all
from ombud.features.channels.arrival.work import BATCH, take_in
from ombud.features.channels.email.mbox import count, mails
from ombud.features.channels.models import Incoming
from ombud.foundation.people.queries import first_administrator
from ombud.foundation.post import queries as post

from . import threads
from .progress import Progress

TOGETHER = BATCH
STILL_OPEN = 30  # days; in what nobody has said a word for a month, nobody waits for an answer any more


def main(argv):
    """Import the mail of an mbox file; stop it at any time and start it again."""
    options = _options(argv)
    path = Path(options.path)
    if not path.is_file():
        return _refuse(_("There is no file %s. Nothing was imported.") % path)
    mailbox = post.mailbox_for(options.mailbox) if options.mailbox else post.default_mailbox()
    if mailbox is None:
        return _refuse(
            _("There is no such mailbox; add it first under Settings, Mailboxes. Nothing was imported.")
        )
    by = first_administrator()
    if by is None:  # what was opened in nobody's name, its customer opened: it would be acknowledged
        return _refuse(_("Nobody is administrator yet: open the desk first. Nothing was imported."))
    total = count(path)
    if not total:
        return _refuse(_("%s holds no mail: an mbox file begins with a line “From …”.") % path)
    outcome = bring_in(path, mailbox, trusted=not options.strict, progress=Progress(total))
    now = timezone.now()
    outcome.threads, outcome.resolved = threads.settle(
        outcome.tickets, silent_since=now - timedelta(days=options.still_open), by=by, now=now
    )
    for line in outcome.lines():
        sys.stdout.write(f"{line}\n")
    return 0


class Outcome:
    """What became of the mails of this run."""

    def __init__(self):
        self.known = 0
        self.states = {}
        self.tickets = set()
        self.threads = self.resolved = 0

    def add(self, rows, known):
        self.known += known
        for row in rows:
            self.states[row.state] = self.states.get(row.state, 0) + 1

    def lines(self):
        """Sentences, only about what there was."""
        states = Incoming.State
        found = {
            _("%s mails are messages now."): self.states.get(states.DONE, 0),
            _("%s had been imported before."): self.known,
            _("%s were there already, by another way."): self.states.get(states.DUPLICATE, 0),
            _("%s were left alone: automatic answers, bounces, blocked senders."): self.states.get(
                states.IGNORED, 0
            ),
            _("%s were put aside; see Settings, Mail put aside."): self.states.get(states.ASIDE, 0),
            _("%s failed and will be tried again by themselves."): self.states.get(states.WAITING, 0),
            _("%s threads were silent for long and are resolved."): self.resolved,
            _("%s threads stand open, or wait for their customers."): self.threads - self.resolved,
        }
        return [text % f"{many:,}" for text, many in found.items() if many]


def bring_in(path, mailbox, *, trusted=True, progress):
    """Take in every mail of the file that was not taken before; killed, it goes on where it was."""
    outcome = Outcome()
    _finish_what_was_killed()
    every = mails(path)
    while batch := list(islice(every, TOGETHER)):
        now = timezone.now()
        rows = keep_all([_delivered(filed, mailbox, trusted, now) for filed in batch])
        if rows:
            take_in(rows, now)
            rows = list(Incoming.objects.filter(pk__in=[row.pk for row in rows]))
        outcome.add(rows, len(batch) - len(rows))
        outcome.tickets |= threads.tickets_of([_key(filed) for filed in batch])
        progress.done(len(batch))
    progress.end()
    return outcome


def _finish_what_was_killed():
    now = timezone.now()
    while rows := list(Incoming.objects.due(now).filter(source="mbox")[:TOGETHER]):
        take_in(rows, now)


def _delivered(filed, mailbox, trusted, now):
    return Delivered(
        raw=filed.raw,
        channel="email",
        source="mbox",
        at=now,
        mailbox_id=mailbox.pk,
        envelope_from=filed.sender,
        key=_key(filed),
        trusted=trusted,
    )


def _key(filed):
    return f"mbox:{hashlib.sha256(filed.raw).hexdigest()}"


def _options(argv):
    parser = argparse.ArgumentParser(prog="bin/ombud import mbox", description=main.__doc__)
    parser.add_argument("path", help="the mbox file")
    parser.add_argument("--mailbox", metavar="ADDRESS", help="the mailbox it came to (else the default one)")
    parser.add_argument(
        "--still-open",
        metavar="DAYS",
        type=int,
        default=STILL_OPEN,
        help="resolve threads in which nobody has written for so long (30); others wait for whose turn it is",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="let References join tickets only for people who are in them, as with mail that comes in",
    )
    return parser.parse_args(argv)


def _refuse(sentence):
    sys.stderr.write(f"{sentence}\n")
    return 2
