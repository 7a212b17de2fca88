"""Whoever writes waits in turn: nobody is kept out by those who write all the time."""

import threading
import time

import pytest
from django.db import connection, connections

from ombud.lib.sqlite.base import DatabaseWrapper

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]
WRITERS, SECONDS, WORK = 5, 2.0, 0.01


@pytest.fixture
def new_connection(tmp_path):
    def make():
        settings = connection.settings_dict | {"NAME": str(tmp_path / "pen.sqlite3"), "CONN_MAX_AGE": 0}
        return DatabaseWrapper(settings, alias="default")

    return make


def test_everybody_writes_about_as_often_as_the_others(new_connection):
    new_connection().cursor().execute("CREATE TABLE deeds (who int)")
    end, counts, longest = time.monotonic() + SECONDS, [0] * WRITERS, [0.0] * WRITERS

    def write(who):
        mine = new_connection()
        while (began := time.monotonic()) < end:
            mine.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
            longest[who] = max(longest[who], time.monotonic() - began)
            mine.cursor().execute("INSERT INTO deeds VALUES (%s)", [who])
            time.sleep(WORK)
            mine.commit()
            mine.set_autocommit(True)
            counts[who] += 1
        mine.close()

    threads = [threading.Thread(target=write, args=(who,)) for who in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert min(counts) > max(counts) / 3
    assert max(longest) < 1.0


def test_the_pen_lies_there_again_after_commit_rollback_failure_and_close(new_connection):
    one, two = new_connection(), new_connection()
    one.cursor().execute("CREATE TABLE deeds (who int)")
    for end in (one.commit, one.rollback, one.close):
        one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        assert one.pen is not None
        end()
        assert one.pen is None
        one.close()
    two.cursor().execute("INSERT INTO deeds VALUES (1)")
    assert two.pen is None
    with pytest.raises(Exception, match="no such table"):
        two.cursor().execute("INSERT INTO nowhere VALUES (1)")
    assert two.pen is None
    two.close()


def test_the_house_uses_it():
    assert isinstance(connections["default"], DatabaseWrapper)
