"""What the command line can do at this door."""

import argparse
import sys

from django.db import DatabaseError
from django.utils import timezone

from ombud.foundation.people.actions import make_token
from ombud.foundation.people.models import Person


def api_token(argv):
    """Make a token for a machine and print only that."""
    parser = argparse.ArgumentParser(prog="bin/ombud api-token", description=api_token.__doc__)
    parser.add_argument("--name", required=True, help="what it is for, as shown in the product")
    parser.add_argument(
        "--person", metavar="EMAIL", help="whose permissions it has; without, an administrator's"
    )
    wanted = parser.parse_args(argv)
    try:
        return _make(wanted)
    except DatabaseError as error:
        return _say(f"this desk has no database yet ({error}); start bin/serve once")


def _make(wanted):
    name = " ".join(wanted.name.split())
    if not name or len(name) > 80:
        return _say("the name must have 1 to 80 characters")
    person = None
    if wanted.person:
        person = Person.objects.filter(email__iexact=wanted.person, is_active=True).first()
        if person is None:
            return _say(f"nobody of ours has the address {wanted.person}")
    _token, secret = make_token(name=name, person=person, now=timezone.now())
    sys.stdout.write(f"{secret}\n")
    return 0


def _say(trouble):
    sys.stderr.write(f"ombud: {trouble}\n")
    return 2
