"""bin/ombud doctor: what is well and what is not with this installation, a line each."""

import shutil
import stat
import sys

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from ombud import __version__
from ombud.config.catalogues import LOCALE
from ombud.config.data_folder import data_folder

LEAST_SPACE = 1_000_000_000  # bytes; a desk that cannot store a mail must refuse it


def main(argv):
    """Say what is well and what is not with this installation; the exit status says whether all is."""
    well = True
    for check in (version, folder, space, key, database, migrations, languages):
        good, said = check()
        well = well and good
        print(f"{'well' if good else 'NOT WELL':<8}  {said}")  # noqa: T201
    return 0 if well else 1


def version():
    return True, f"Ombud {__version__} on Python {sys.version.split()[0]}"


def folder():
    return True, f"data folder {data_folder().path} can be written"  # or this command had not started


def space():
    free = shutil.disk_usage(data_folder().path).free
    return free >= LEAST_SPACE, f"{free / 1e9:.1f} GB free for mail and files"


def key():
    file = data_folder().secret_key
    if not file.exists():
        return True, "the secret key comes from OMBUD_SECRET_KEY"
    mode = stat.S_IMODE(file.stat().st_mode)
    return mode & 0o077 == 0, f"{file.name} has mode {mode:04o} (0600 is wanted)"


def database():
    name = settings.DATABASES["default"]["NAME"]
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        return False, f"{connection.display_name} {name}: {str(error).strip().splitlines()[-1]}"
    return True, f"{connection.display_name} {name}"


def migrations():
    try:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return False, "whether the database is up to date cannot be asked"
    return not missing, "the database is up to date" if not missing else f"{missing} steps: bin/ombud prepare"


def languages():
    missing = [po.parts[-3] for po in LOCALE.glob("*/LC_MESSAGES/*.po") if not po.with_suffix(".mo").exists()]
    return not missing, "languages are compiled" if not missing else f"not compiled: {', '.join(missing)}"
