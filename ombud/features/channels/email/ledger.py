"""Group commit: mails that arrive together are written down in one transaction, then all are acknowledged."""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from django.db import close_old_connections, connection

from ombud.features.channels.arrival.keeping import write_rows
from ombud.lib import files

logger = logging.getLogger(__name__)
# One commit for at most so many mails: what waits behind it waits a moment longer.
AT_ONCE = 200
# Files that are synced at the same time: a disk does several nearly as fast as one.
SYNCS = 8
# Seconds to wait for those who are just handing over their mail: one sync for all of them.
GATHER = 0.003


class Ledger(threading.Thread):
    """Writes down what sessions hand in. While one commit is under way, the next mails gather."""

    def __init__(self, loop, others=lambda: 0):
        super().__init__(name="smtp ledger", daemon=True)
        self.others = others  # how many more are being read at this moment
        self.loop = loop
        self.waiting = []
        self.lock = threading.Lock()
        self.rang = threading.Event()
        self.ending = False
        self.disk = ThreadPoolExecutor(SYNCS, "smtp disk")

    async def keep(self, delivered):
        """None once it is durably stored; what went wrong if it could not be, and then nothing was taken."""
        answer = self.loop.create_future()
        self._line_up((delivered, answer))
        return await answer

    async def ask(self, question):
        """The answer of a function that reads the database, asked in this thread."""
        answer = self.loop.create_future()
        self._line_up((question, answer))
        return await answer

    def _line_up(self, entry):
        with self.lock:
            self.waiting.append(entry)
        self.rang.set()

    def run(self):
        while not self.ending:
            self.rang.wait()
            if self.others() > len(self.waiting):
                time.sleep(GATHER)
            self.rang.clear()
            self._work()
        self._work()
        self.disk.shutdown()
        connection.close()

    def end(self):
        """Write down what waits, then stop."""
        self.ending = True
        self.rang.set()

    def _work(self):
        with self.lock:
            entries, self.waiting = self.waiting, []
        if not entries:
            return
        close_old_connections()
        for question, answer in entries:
            if callable(question):
                self._settle([(answer, *_tried(question))])
        mails = [(delivered, answer) for delivered, answer in entries if not callable(delivered)]
        for at in range(0, len(mails), AT_ONCE):
            self._settle(self._written(mails[at : at + AT_ONCE]))

    def _settle(self, outcomes):
        def settle():
            for answer, result, error in outcomes:
                if answer.done():
                    continue
                if error is not None:
                    answer.set_exception(error)
                else:
                    answer.set_result(result)

        # When the loop has ended, the senders get no answer and try again.
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(settle)

    def _written(self, mails):
        """(future, None, error or None) for each mail."""
        kept = self.disk.map(_kept, [delivered.raw for delivered, _answer in mails])
        return _in_the_books(mails, kept)


def _kept(raw):
    return _tried(lambda: files.keep(raw))


def _in_the_books(mails, kept):
    outcomes, stored = [], []
    for (delivered, answer), (sha256, error) in zip(mails, kept, strict=True):
        if error is not None:
            outcomes.append((answer, None, error))
        else:
            stored.append((delivered, sha256, answer))
    _rows, error = _tried(lambda: write_rows([(delivered, sha256) for delivered, sha256, _ in stored]))
    if error is not None and len(stored) > 1:
        # One row that the database will not have must not refuse its neighbours.
        for delivered, sha256, answer in stored:
            _row, error = _tried(lambda pair=(delivered, sha256): write_rows([pair]))
            outcomes.append((answer, None, error))
        return outcomes
    return outcomes + [(answer, None, error) for _delivered, _sha256, answer in stored]


def _tried(function):
    try:
        return function(), None
    except Exception as error:  # whatever it is, the sender is told to come again, and nothing is lost
        logger.exception("what came in could not be stored; the sender was asked to try again")
        connection.close()
        return None, error
