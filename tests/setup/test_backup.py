"""A backup is taken while the desk serves, and what is put back is what was there."""

import os
import smtplib
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from email.message import EmailMessage

import psycopg
import pytest

from tests.support.desk import LiveDesk, clean_environment, wait_for

WITH_FILE = 5  # of so many mails one has a file


def mail(number):
    said = EmailMessage()
    said["From"], said["To"] = f"carla{number % 7}@acme.example", "help@parcelline.example"
    said["Subject"], said["Message-ID"] = f"Parcel {number}", f"<{number}.backup@acme.example>"
    said.set_content(f"Where is parcel {number}? ¿Dónde está? 包裹在哪里？")
    if number % WITH_FILE == 0:
        said.add_attachment(os.urandom(2000), maintype="image", subtype="png", filename="label.png")
    return said


def send(desk, numbers):
    with smtplib.SMTP("127.0.0.1", desk.smtp_port) as line:
        for number in numbers:
            line.send_message(mail(number))


def rows(desk):
    """{table: its rows, sorted} of a desk that is not running."""
    if "DATABASE_URL" in desk.environment:
        return _rows_of_postgres(desk.environment["DATABASE_URL"])
    with closing(sqlite3.connect(desk.folder / "ombud.sqlite3")) as there:
        names = there.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: sorted(map(repr, there.execute(f'SELECT * FROM "{name}"'))) for (name,) in names}


def _rows_of_postgres(address):
    with psycopg.connect(address) as there:
        names = there.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        ).fetchall()
        return {
            name: sorted(map(repr, there.execute(f'SELECT * FROM "{name}"').fetchall())) for (name,) in names
        }


@pytest.fixture
def empty_place(mould, tmp_path):
    """A folder, and on PostgreSQL a database, in which there is no desk."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return LiveDesk(folder, mould.new_database() if mould.address else None)


def tickets(desk):
    said = desk.command("manage", "shell", "--no-imports", "-c", COUNT)
    return int(said.split()[-1])


RECEIVED = "from ombud.spine.tickets.models import Message; r = Message.objects.filter(kind='received'); "
SEEN = f"{RECEIVED} print(list(r.values_list('message_id', flat=True)))"
COUNT = f"{RECEIVED} print(r.count())"


def test_what_was_put_back_is_what_was_there(new_desk, empty_place, tmp_path):
    desk, kept = new_desk().start(), tmp_path / "desk.tar"
    wait_for(desk.takes_mail, "somebody who takes mail")
    send(desk, range(30))
    wait_for(lambda: tickets(desk) == 30, "thirty messages")
    assert desk.stop() == 0
    desk.command("backup", str(kept))
    assert kept.stat().st_mode & 0o077 == 0
    empty_place.command("restore", str(kept))
    assert rows(empty_place) == rows(desk)
    files = {path.name for path in (desk.folder / "files").glob("??/*")}
    assert files
    assert {path.name for path in (empty_place.folder / "files").glob("??/*")} == files
    assert (empty_place.folder / "secret.key").read_bytes() == (desk.folder / "secret.key").read_bytes()
    empty_place.start()
    wait_for(empty_place.takes_mail, "somebody who takes mail")
    send(empty_place, [99])  # it goes on counting where it was
    wait_for(lambda: tickets(empty_place) == 31, "one message more")


def test_nothing_that_was_accepted_before_is_missing_when_mail_comes_meanwhile(
    new_desk, empty_place, tmp_path
):
    desk, kept = new_desk().start(), tmp_path / "desk.tar"
    wait_for(desk.takes_mail, "somebody who takes mail")
    send(desk, range(100, 140))  # accepted, and some of them no rows yet
    taking = subprocess.Popen(
        [sys.executable, "-P", "-m", "ombud", "backup", str(kept)], env=desk.environment
    )
    number = 200
    while taking.poll() is None:
        send(desk, [number])
        number += 1
    assert taking.returncode == 0
    desk.stop()
    empty_place.command("restore", str(kept))
    empty_place.start()
    wait_for(lambda: tickets(empty_place) >= 40, "what was accepted before the backup")
    there = empty_place.command("manage", "shell", "--no-imports", "-c", SEEN)
    assert all(there.count(f"{n}.backup@acme.example") == 1 for n in range(100, 140))


def refused(desk, *words):
    done = subprocess.run(
        [sys.executable, "-P", "-m", "ombud", *words],
        env=desk.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stdout
    return done.stderr


def test_a_backup_that_is_damaged_or_broken_off_is_refused(new_desk, empty_place, tmp_path):
    desk, kept = new_desk(), tmp_path / "desk.tar"
    desk.command("backup", str(kept))
    whole = kept.read_bytes()
    broken = tmp_path / "broken.tar"
    broken.write_bytes(whole[: len(whole) // 2])
    assert "broken" in refused(empty_place, "restore", str(broken))
    with tarfile.open(kept) as tar:
        first = tar.getmembers()[0]
    damaged = bytearray(whole)
    damaged[first.offset_data + first.size // 2] ^= 0xFF
    broken.write_bytes(damaged)
    assert "damaged" in refused(empty_place, "restore", str(broken))
    assert "is whole" in empty_place.command("restore", str(kept), "--check")


def test_a_desk_is_never_overwritten(new_desk, tmp_path):
    desk, kept = new_desk(), tmp_path / "desk.tar"
    before = rows(desk)
    desk.command("backup", str(kept))
    assert "there is a desk" in refused(desk, "restore", str(kept)) or "not empty" in refused(
        desk, "restore", str(kept)
    )
    assert "there already" in refused(desk, "backup", str(kept))
    assert rows(desk) == before


def test_without_the_key_there_is_none_in_it(new_desk, tmp_path):
    desk, kept = new_desk(), tmp_path / "desk.tar"
    desk.command("backup", str(kept), "--without-key")
    with tarfile.open(kept) as tar:
        assert "secret.key" not in tar.getnames()
    assert clean_environment(desk.folder, None)["OMBUD_DATA"] == str(desk.folder)
