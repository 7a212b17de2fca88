"""Noticing that another process committed something, for next to nothing while nothing happens."""

import logging
import time

import psycopg
from django.db import connection, connections

from ombud.lib.live import CHANNEL

logger = logging.getLogger(__name__)
LOOK = 0.05  # seconds between two looks at SQLite's counter
CALM_LOOK = 0.1  # the same where nothing was committed for CALM seconds
CALM = 10.0
AGAIN = 2.0  # seconds before a lost connection is tried again


def bell():
    """The bell of the configured database. It belongs to the thread that waits on it."""
    return PostgresBell() if connection.vendor == "postgresql" else SqliteBell()


class SqliteBell:
    """Rings when SQLite's counter of other connections' commits moved."""

    def __init__(self):
        self.seen = None
        self.rang_at = time.monotonic()

    def wait(self, seconds, stop):
        """True once something was committed elsewhere, false after that many seconds or when stopped."""
        deadline = time.monotonic() + seconds
        while True:
            version = self._version()
            if version != self.seen:
                self.seen, self.rang_at = version, time.monotonic()
                return True
            now = time.monotonic()
            left, look = deadline - now, LOOK if now - self.rang_at < CALM else CALM_LOOK
            if left <= 0 or stop.wait(min(look, left)):
                return False

    def _version(self):
        connection.ensure_connection()
        # Past Django's cursor, which costs five times as much as the look itself, twenty times a second.
        return connection.connection.execute("PRAGMA data_version").fetchone()[0]

    def close(self):
        connection.close()


class PostgresBell:
    """Rings when somebody notified our channel; a lost connection is made anew, and that rings too."""

    def __init__(self):
        self.line = None

    def wait(self, seconds, stop):
        """True once somebody notified, false after that many seconds or when stopped."""
        try:
            if self.line is None:
                self._connect()
                return True  # what happened while nobody listened is looked for at once
            return self._listen(seconds, stop)
        except psycopg.Error as error:
            logger.warning("the live connection to PostgreSQL was lost (%s); trying again", error)
            self.close()
            stop.wait(min(AGAIN, seconds))
            return False

    def _listen(self, seconds, stop):
        deadline = time.monotonic() + seconds
        while not stop.is_set():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            # In short naps, so that a process that must stop does not wait for the next notice.
            if list(self.line.notifies(timeout=min(left, 0.5), stop_after=1)):
                # What came with it is heard with it. (Asked inside a loop over the first, it waits for ever.)
                list(self.line.notifies(timeout=0))
                return True
        return False

    def _connect(self):
        parameters = connections["default"].get_connection_params()
        for django_only in ("cursor_factory", "context", "prepare_threshold", "server_side_binding"):
            parameters.pop(django_only, None)
        self.line = psycopg.connect(**parameters, autocommit=True)
        self.line.execute(f"LISTEN {CHANNEL}")

    def close(self):
        if self.line is not None:
            self.line.close()
            self.line = None
