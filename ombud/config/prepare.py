"""bin/ombud prepare: the database as this version wants it, the words, the styles, the demo story once."""

import argparse
import sys
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

from ombud.config import catalogues, command_line, static_files, welcome
from ombud.config.data_folder import CannotStart
from ombud.foundation.people.models import Company, Role

DEMO = "ombud.features.demo"
PREPARING = 0x6F6D627564  # a number of our own among a database's locks


def main(argv):
    """Make or update the database, and load the demo story into a new one (not with --empty)."""
    parser = argparse.ArgumentParser(prog="bin/ombud prepare", description=main.__doc__)
    parser.add_argument("--empty", action="store_true", help="without the demo story")
    wanted = parser.parse_args(argv)
    reach_database()
    catalogues.compile_changed(tell)
    migrate()
    static_files.collect_changed(tell)
    empty = wanted.empty or welcome.read().get("empty", False)
    if is_new() and not empty:
        load_story()
    welcome.write({"empty": empty, "sign_in": demo_people()})
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
    with one_at_a_time():
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            tell(f"database: {len(missing)} steps")
            call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def one_at_a_time():
    """Several machines may start at once: on PostgreSQL one brings the database up to date, the others wait.

    On SQLite there is one machine, and its supervisor starts one.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])


def is_new():
    """Nobody has an account yet."""
    return not get_user_model().objects.exists()


def load_story():
    if apps.is_installed(DEMO):
        tell("demo story: one month at Parcelline (bin/serve --empty starts without it)")
        if command_line.run(["demo", "load"]):
            raise CannotStart(
                "the demo story could not be told; the lines above say why, --empty starts without it"
            )


def demo_people():
    """Whom a visitor of the demo signs in as, for the greeting of bin/serve; nobody on a real desk."""
    company = Company.ours()
    if not (company and company.is_demo and apps.is_installed(DEMO)):
        return []
    password = import_string(f"{DEMO}.telling.SIGN_IN")
    shown = (Role.ASSOCIATE, Role.HEAD, Role.ADMINISTRATOR)
    people = [
        get_user_model().objects.filter(role=role, is_active=True).order_by("id").first() for role in shown
    ]
    return [
        {
            "name": person.name,
            "email": person.email,
            "role": str(person.get_role_display()),
            "password": password,
        }
        for person in people
        if person
    ]


def tell(text):
    print(f"ombud: {text}", file=sys.stderr, flush=True)  # noqa: T201
