"""bin/ombud prepare: the database as this version wants it, the words, the styles, the demo story once."""

import argparse
import json
import sys

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from ombud.config import catalogues, command_line, static_files
from ombud.config.data_folder import CannotStart, data_folder


def main(argv):
    """Make or update the database, and load the demo story into a new one (not with --empty)."""
    parser = argparse.ArgumentParser(prog="bin/ombud prepare", description=main.__doc__)
    parser.add_argument("--empty", action="store_true", help="without the demo story")
    wanted = parser.parse_args(argv)
    reach_database()
    catalogues.compile_changed(tell)
    migrate()
    static_files.collect_changed(tell)
    if is_new() and not keeps_empty(wanted.empty):
        load_story()
    return 0


def reach_database():
    """Raises CannotStart when the database does not answer."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        where = settings.DATABASES["default"]
        name = (
            f"{where['NAME']} at {where['HOST'] or 'the local socket'}"
            if where.get("HOST")
            else where["NAME"]
        )
        why = str(error).strip().splitlines()[-1]
        raise CannotStart(f"the database {name} is not there: {why}; see DATABASE_URL") from error


def migrate():
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        tell(f"database: {len(missing)} steps")
        call_command("migrate", interactive=False, verbosity=0)


def is_new():
    """Nobody has an account yet."""
    return not get_user_model().objects.exists()


def keeps_empty(asked):
    """An installation begun with --empty stays without the story when it is started again."""
    welcome = data_folder().welcome
    if asked:
        welcome.write_text(json.dumps({"empty": True, "sign_in": []}), encoding="utf-8")
    elif welcome.exists():
        return bool(json.loads(welcome.read_text(encoding="utf-8")).get("empty"))
    return asked


def load_story():
    if apps.is_installed("ombud.features.demo"):
        tell("demo story: one month at Parcelline")
        command_line.run(["demo", "load"])


def tell(text):
    print(f"ombud: {text}", file=sys.stderr, flush=True)  # noqa: T201
