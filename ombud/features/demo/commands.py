"""`bin/ombud demo load | reset | remove`."""

import argparse
import sys

from django.utils import timezone

from ombud.foundation.people.models import Company

from .clearing import clear
from .telling import SIGN_IN, tell_story


def load(argv):
    """Load the demo story into an empty desk."""
    argparse.ArgumentParser("bin/ombud demo load").parse_args(argv)
    if Company.ours():
        return _refuse("This desk has a company already; nothing was changed.")
    _tell()
    return 0


def reset(argv):
    """Throw everything on a demo desk away and tell the story anew."""
    return _after_clearing("reset", argv, _tell)


def remove(argv):
    """Empty a demo desk; its next page asks for your own company."""
    return _after_clearing("remove", argv, lambda: None)


def _after_clearing(word, argv, then):
    argparse.ArgumentParser(f"bin/ombud demo {word}").parse_args(argv)
    company = Company.ours()
    if company and not company.is_demo:
        return _refuse(f"This desk belongs to {company.name} and holds no demo story; nothing was changed.")
    clear()
    then()
    return 0


def _tell():
    people = tell_story(timezone.now(), progress=_progress)
    sys.stderr.write(f"\r{'The demo story is told.':<60}\n")
    sys.stdout.write(f"Sign in as {people[0]} (password: {SIGN_IN}).\n")


def _progress(done, of):
    if sys.stderr.isatty():
        filled = 30 * done // of
        sys.stderr.write(f"\rTelling the demo story {'█' * filled}{'░' * (30 - filled)} {done}/{of} ")


def _refuse(sentence):
    sys.stderr.write(f"ombud: {sentence}\n")
    return 2
