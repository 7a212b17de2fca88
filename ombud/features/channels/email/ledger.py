"""Group commit: mails that arrive together become one group in the spool, then all are acknowledged."""

import logging
import threading
import time
from contextlib import suppress

from django.db import close_old_connections, connection

from ombud.features.channels.arrival import spool

logger = logging.getLogger(__name__)
# One group holds at most so many mails and bytes: it is taken in in one piece.
AT_ONCE = 50
BYTES = 16 * 1024 * 1024
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
        for group in _groups([entry for entry in entries if not callable(entry[0])]):
            self._settle(_spooled(group))

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


def _groups(mails):
    group, size = [], 0
    for delivered, answer in mails:
        size += len(delivered.raw)
        if group and (len(group) == AT_ONCE or size > BYTES):
            yield group
            group, size = [], len(delivered.raw)
        group.append((delivered, answer))
    if group:
        yield group


def _spooled(group):
    """(future, None, error or None) for each mail."""
    _done, error = _tried(lambda: spool.accept([delivered for delivered, _answer in group]))
    if error is None or len(group) == 1:
        return [(answer, None, error) for _delivered, answer in group]
    # A disk that has no room for all of them may have it for some.
    return [outcome for one in group for outcome in _spooled([one])]


def _tried(function):
    try:
        return function(), None
    except Exception as error:  # whatever it is, the sender is told to come again, and nothing is lost
        logger.exception("what came in could not be stored; the sender was asked to try again")
        connection.close()
        return None, error
