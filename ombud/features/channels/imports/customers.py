"""bin/ombud import customers: a list of customers from a spreadsheet."""

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.foundation.people.importing import take_in, understand

from .progress import Progress

TOGETHER = 100


def main(argv):
    """Import customers from a CSV file; the same file twice changes nothing."""
    options = _options(argv)
    path = Path(options.path)
    try:
        sheet = understand(path.read_bytes())
    except OSError as error:
        return _refuse(_("%(path)s cannot be read (%(why)s). Nothing was imported.") % _named(path, error))
    except ValidationError as error:
        return _refuse(" ".join(error.messages))
    for line in sheet.bad:
        _say(_("Line %(number)s was left out: %(why)s") % _what_is_wrong(line))
    for column in sheet.ignored:
        _say(_("The column “%s” means nothing to us and was not read.") % column)
    counts = _bring_in(sheet.good, dry=options.dry_run)
    summary = _("%(made)s new, %(changed)s changed, %(same)s as they were, %(bad)s lines left out.") % {
        **counts,
        "bad": len(sheet.bad),
    }
    sys.stdout.write(f"{_('A trial, nothing was changed: ') if options.dry_run else ''}{summary}\n")
    return 1 if sheet.bad else 0


def _bring_in(lines, *, dry):
    counts, progress = {"made": 0, "changed": 0, "same": 0}, Progress(len(lines))
    with transaction.atomic() if dry else nullcontext():
        for at in range(0, len(lines), TOGETHER):
            some = lines[at : at + TOGETHER]
            for name, many in take_in(some, by=None, now=timezone.now()).items():
                counts[name] += many
            progress.done(len(some))
        if dry:
            transaction.set_rollback(True)
    progress.end()
    return counts


def _what_is_wrong(line):
    return {"number": line.number, "why": " ".join(str(sentence) for sentence in line.wrong)}


def _named(path, error):
    return {"path": path, "why": error.strerror}


def _options(argv):
    parser = argparse.ArgumentParser(prog="bin/ombud import customers", description=main.__doc__)
    parser.add_argument(
        "path",
        help="the CSV file; its first line names the columns: email, and any of name, account, domain, tier,"
        " phone, title, language, time_zone, notes",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
    return parser.parse_args(argv)


def _refuse(sentence):
    _say(sentence)
    return 2


def _say(sentence):
    sys.stderr.write(f"{sentence}\n")
