"""bin/ombud backup and bin/ombud restore."""

import argparse
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from ombud import __version__
from ombud.config.data_folder import CannotStart, data_folder
from ombud.lib.files import sync_folder

from . import postgres, sqlite
from .parts import Archive, Manifest, NoBackup, Progress, unpack

ENGINES = {"sqlite": sqlite, "postgresql": postgres}
BESIDE = ("secret.key", "welcome.json")  # of the data folder


def backup(argv):
    """Put everything of this desk into one file, while it serves."""
    parser = argparse.ArgumentParser(prog="bin/ombud backup", description=backup.__doc__)
    parser.add_argument("file", type=Path, help="where to; it must not be there yet")
    parser.add_argument("--without-key", action="store_true", help="the secret key is kept elsewhere")
    wanted = parser.parse_args(argv)
    if wanted.file.exists():
        raise CannotStart(f"{wanted.file} is there already; give another name")
    part = wanted.file.with_name(f"{wanted.file.name}.part")
    try:
        manifest = _take(part, wanted.without_key)
    except (NoBackup, DatabaseError, OSError) as trouble:
        part.unlink(missing_ok=True)
        raise CannotStart(f"no backup was taken: {str(trouble).strip()}") from trouble
    part.rename(wanted.file)
    sync_folder(wanted.file.resolve().parent)
    rows, size = sum(manifest.tables.values()), wanted.file.stat().st_size
    _say(f"{wanted.file}: {rows:,} rows, {manifest.files:,} files, {size / 1e6:,.1f} MB")
    return 0


def _take(part, without_key):
    """Write it under another name until it is whole; readable by its owner only, for it holds the key."""
    manifest = Manifest(__version__, connection.vendor, timezone.now().isoformat())
    manifest.migrations = _applied()
    desk = data_folder()
    with (
        tempfile.TemporaryDirectory(dir=part.resolve().parent, prefix=".ombud-backup-") as temporary,
        os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out,
    ):
        archive, folder = Archive(out, manifest), Path(temporary)
        waiting = _copy_spool(desk.path / "spool", folder / "spool")
        progress = Progress("tables")
        ENGINES[connection.vendor].take(archive, folder, progress)
        progress.end()
        for mail in waiting:
            archive.add(mail, f"spool/{mail.name}")
        for name in BESIDE:
            if (desk.path / name).exists() and not (without_key and name == "secret.key"):
                archive.add(desk.path / name, name)
        progress = Progress("files")
        for file in sorted(desk.files.glob("??/*")):
            if not file.name.startswith("."):
                archive.add_file(file, file.name)
                progress(1)
        progress.end()
        archive.close()
        out.flush()
        os.fsync(out.fileno())
    return manifest


def _copy_spool(spool, folder):
    """What waits there now: taken before the database, so that none is missed on its way into it.

    A group of mails is its list and what the list names. One of which something is gone already has just
    become rows, all of it.
    """
    folder.mkdir()
    for listed in sorted(spool.glob("*.list")):
        group = sorted(spool.glob(f"{listed.stem}*"))
        with suppress(FileNotFoundError):
            for file in (*group, listed):
                shutil.copy2(file, folder / file.name)
            continue
        for file in group:
            (folder / file.name).unlink(missing_ok=True)
    return sorted(folder.iterdir())


def _applied():
    found = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def restore(argv):
    """Put a backup back, into an empty place; --check only looks whether it is whole."""
    parser = argparse.ArgumentParser(prog="bin/ombud restore", description=restore.__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--check", action="store_true", help="look whether it is whole, and change nothing")
    wanted = parser.parse_args(argv)
    if not wanted.file.is_file():
        raise CannotStart(f"there is no file {wanted.file}")
    desk = data_folder()
    try:
        if not wanted.check:
            ENGINES[connection.vendor].refuse_if_there()
        with tempfile.TemporaryDirectory(dir=desk.path, prefix=".restore-") as temporary:
            manifest = _unpacked(wanted.file, Path(temporary), wanted.check)
            if not wanted.check:
                _put_back(Path(temporary), desk, manifest)
    except (NoBackup, DatabaseError, OSError) as trouble:
        raise CannotStart(f"{wanted.file.name}: {str(trouble).strip()}") from trouble
    rows = sum(manifest.tables.values())
    done = "is whole" if wanted.check else "is back"
    _say(
        f"{done}: {rows:,} rows, {manifest.files:,} files, of {manifest.taken_at[:16].replace('T', ' ')} UTC"
    )
    return 0


def _unpacked(file, folder, only_look):
    progress = Progress("parts")
    manifest = unpack(file, folder, progress)
    progress.end()
    if not only_look and manifest.engine != connection.vendor:
        raise NoBackup(f"it was taken on {manifest.engine}, and this desk is on {connection.vendor}")
    return manifest


def _put_back(folder, desk, manifest):
    """Files first: no row names one that is not there. The key before anybody makes a new one."""
    for name in ("files", "spool"):
        for file in (folder / name).rglob("*"):
            if file.is_file():
                target = desk.path / file.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                file.replace(target)
    for name in BESIDE:
        if (folder / name).exists():
            (folder / name).replace(desk.path / name)
    if (desk.path / "secret.key").exists():
        (desk.path / "secret.key").chmod(0o600)
    progress = Progress("tables", len(manifest.tables))
    ENGINES[connection.vendor].put_back(folder, manifest, progress)
    progress.end()
    call_command("migrate", interactive=False, verbosity=0)


def _say(sentence):
    print(sentence, file=sys.stdout)  # noqa: T201
