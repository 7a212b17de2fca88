"""Writing down which letters have left: in groups, soon, and each at most once."""

import logging
import time
from datetime import timedelta

from django.db import connection, transaction

from . import events
from .models import Letter
from .receipts import Receipt, all_left_behind, receipts

logger = logging.getLogger(__name__)
GROUP = 20  # letters in one transaction
SOON = 0.25  # seconds that the first of a group waits for the others: people look at what they sent


class Clock:
    """The time that was given, moving on as the work takes its time."""

    def __init__(self, now):
        self._began, self._at = now, time.monotonic()

    def now(self):
        return self._began + timedelta(seconds=time.monotonic() - self._at)


class Tally:
    """Letters that have left and whose rows do not say so yet. At its end all do."""

    def __init__(self, clock):
        self.clock = clock
        self.left = []
        self.since = 0.0

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.write_down()

    def add(self, letter, state, **columns):
        """This letter has left, or is kept. From here on, a kill does not make us forget it."""
        receipt = Receipt(
            letter.pk, letter.case_id, letter.leased_at, letter.attempts, self.clock.now(), state, columns
        )
        safe = state == Letter.State.KEPT or self._noted(receipt)  # to keep one again does no harm
        self.since = self.since if self.left else time.monotonic()
        self.left.append(receipt)
        if not safe:
            self.write_down()
        self.write_down_soon()

    def _noted(self, receipt):
        try:
            receipts().write(receipt)
        except OSError as error:
            logger.warning("no receipt could be written (%s); letters are written down one by one", error)
            return False
        return True

    def write_down_soon(self):
        """Write them down if they are enough, or have waited long enough."""
        if len(self.left) >= GROUP or (self.left and time.monotonic() - self.since >= SOON):
            self.write_down()

    def write_down(self):
        """Write down all of them now."""
        if self.left:
            left, self.left = self.left, []
            close_all(left)
            receipts().tear_up()


def write_down_left_behind():
    """What processes of ours had handed over before they were killed."""
    for path, left in all_left_behind():
        close_all(left)
        path.unlink(missing_ok=True)


def write_down_unwritten():
    """What this process had handed over when the database went away."""
    if left := receipts().unwritten():
        close_all(left)
        receipts().tear_up()


@transaction.atomic
def close_all(left):
    """Each of these letters is sent, or kept, unless another worker has it by now."""
    ours = _held(left)
    for state in {receipt.state for receipt in ours}:
        group = [receipt for receipt in ours if receipt.state == state]
        at = max(receipt.at for receipt in group)
        Letter.objects.filter(pk__in=[receipt.letter for receipt in group]).update(
            state=state, due_at=None, leased_at=None, sent_at=at, error=""
        )
    for columns in {tuple(sorted(receipt.columns)) for receipt in ours} - {()}:
        letters = [
            Letter(pk=one.letter, **one.columns) for one in ours if tuple(sorted(one.columns)) == columns
        ]
        Letter.objects.bulk_update(letters, columns)
    if ours:
        events.LETTER_SENT.record_many(
            [(receipt.case, {"letter": receipt.letter}) for receipt in ours],
            now=max(receipt.at for receipt in ours),
        )


def _held(left):
    """Those whose lease still holds."""
    rows = Letter.objects.filter(pk__in=[receipt.letter for receipt in left], state=Letter.State.WAITING)
    if connection.features.has_select_for_update:
        rows = rows.order_by("pk").select_for_update()
    leases = {pk: lease for pk, *lease in rows.values_list("pk", "leased_at", "attempts")}
    ours = [one for one in left if leases.get(one.letter) == [one.leased_at, one.attempts]]
    for one in left:
        if one not in ours:
            logger.warning("letter %s was sent by a worker whose lease had run out", one.letter)
    return ours
