"""The database wrapper that Django loads (ENGINE = "ombud.lib.sqlite")."""

import fcntl
from pathlib import Path

from django.db.backends.sqlite3 import base

WRITES = ("INSERT ", "UPDATE ", "DELETE ", "REPLACE")


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes the pen before a transaction begins and puts it down when it has ended, however it ended."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pen = None
        self.execute_wrappers.append(self._write)

    def _write(self, execute, sql, params, many, context):
        """A single statement outside of any transaction is one of its own."""
        if self.pen is not None or self.in_atomic_block or not sql.lstrip()[:7].upper().startswith(WRITES):
            return execute(sql, params, many, context)
        self._take_pen()
        try:
            return execute(sql, params, many, context)
        finally:
            self._put_pen_down()

    def _start_transaction_under_autocommit(self):
        self._take_pen()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._put_pen_down()
            raise

    def _commit(self):
        try:
            return super()._commit()
        finally:
            self._put_pen_down()

    def _rollback(self):
        try:
            return super()._rollback()
        finally:
            self._put_pen_down()

    def _close(self):
        try:
            return super()._close()
        finally:
            self._put_pen_down()

    def _take_pen(self):
        if self.pen is None and not self.is_in_memory_db():
            # An open file of its own for each transaction: the lock then holds between threads, too.
            self.pen = Path(f"{self.settings_dict['NAME']}-pen").open("ab")  # noqa: SIM115
            fcntl.flock(self.pen, fcntl.LOCK_EX)

    def _put_pen_down(self):
        if self.pen is not None:
            pen, self.pen = self.pen, None
            pen.close()
