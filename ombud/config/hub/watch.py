"""The thread that hears of changes and passes them on to the streams, at most ten times a second."""

import logging
import threading
import time

from django.db import connection

from ombud.config.changes import bell
from ombud.config.hub.news import MOST, News, since, told
from ombud.config.hub.stream import message
from ombud.lib.rooms import plugged

logger = logging.getLogger(__name__)
BATCH = 0.1  # seconds that changes are gathered
LONGEST = 1.0  # seconds between two looks at the rooms' own sources on PostgreSQL, where not all of them ring
AGAIN = 2.0  # seconds after a failure


class Watch:
    """Reads the log and the rooms' live sources, and publishes what is new. One thread, one connection."""

    def __init__(self, publish):
        self.publish = publish  # function(list of messages), called in this thread
        self.last = 0
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self.states = {}

    def start(self):
        self.thread.start()

    def stop(self):
        self.stopping.set()

    def _run(self):
        while not self.stopping.is_set():
            try:
                self._listen()
            except Exception:
                logger.exception("live updates stopped; they begin again in %s s, nothing is lost", AGAIN)
                connection.close()
                self.stopping.wait(AGAIN)

    def _listen(self):
        news, ears, sources = News(), bell(), list(plugged("live_sources"))
        self.last = max(self.last, news.last)
        patience = LONGEST if sources and connection.vendor == "postgresql" else 60.0
        try:
            while not self.stopping.is_set():
                rung = ears.wait(patience, self.stopping)
                heard_at = time.monotonic()
                chunks = (self._log(news) if rung else []) + self._rooms(sources)
                if chunks:
                    self.publish(chunks)
                self.stopping.wait(max(0.0, BATCH - (time.monotonic() - heard_at)))
        finally:
            ears.close()

    def _log(self, news):
        rows = news.fresh()
        self.last = news.last
        return [message("log", told(rows, news.last), news.last)] if rows else []

    def _rooms(self, sources):
        chunks = []
        for source in sources:
            try:
                said, self.states[source] = source(self.states.get(source))
            except Exception:
                logger.exception("the live source %s failed; the others go on", source)
                connection.close()
            else:
                chunks += [message(name, data) for name, data in said]
        return chunks


def missed(last):
    """Messages for somebody who comes back and saw everything up to this id."""
    rows = since(last, limit=MOST + 1)
    return [message("log", told(rows, rows[-1][0]), rows[-1][0])] if rows else []
