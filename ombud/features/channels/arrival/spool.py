"""The spool: mails that were accepted and are no rows yet, as synced files on this machine.

A group of mails is a list (`<group>.list`, JSON) and their bytes (`<group>-<number>.mail`). The list is
renamed into place last, so that it is there whole or not at all; what no list names was never accepted.
"""

import hashlib
import json
import os
import secrets
import time
from concurrent.futures import wait
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from ombud.lib import bells, files

LANE = "arrival"  # whom to wake: no commit tells of a file
# Seconds after which bytes without a list are swept away: they are of somebody who was killed writing.
FORSAKEN = 3600


def folder():
    """On the disk of the files, so that those can get the bytes under a second name."""
    return Path(settings.FILES).parent / "spool"


def accept(delivered):
    """Store some things such that they survive a power cut; raises OSError, and then none was taken."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    group = f"{time.time_ns():020d}-{secrets.token_hex(6)}"
    named = [(place / f"{group}-{number}.mail", one) for number, one in enumerate(delivered)]
    draft, finished = place / f"{group}.new", place / f"{group}.list"
    words = json.dumps([_told(one, path.name) for path, one in named]).encode()
    try:
        _write_all([*((path, one.raw) for path, one in named), (draft, words)])
        draft.rename(finished)
        files.sync_folder(place)
    except Exception:
        for path in (finished, draft, *(path for path, _one in named)):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    bells.ring(LANE)


def _write_all(wanted):
    """One after the other would cost a sync each; together they share the disk's next one."""
    *others, (path, content) = wanted
    writing = [files.DISK.submit(_write, *one) for one in others]
    try:
        _write(path, content)
    finally:
        wait(writing)
    for one in writing:
        one.result()


def _write(path, content):
    with path.open("xb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _told(one, name):
    fields = {key: value for key, value in asdict(one).items() if key != "raw"}
    return fields | {
        "at": one.at.isoformat(),
        "key": one.key or f"spool:{name.removesuffix('.mail')}",
        "file": name,
        "size": len(one.raw),
        "sha256": hashlib.sha256(one.raw).hexdigest(),
    }


def sweep():
    """Remove what was never accepted: the rest of a process that was killed while it wrote."""
    if not folder().exists():
        return
    names = list(folder().iterdir())
    accepted = {path.stem for path in names if path.suffix == ".list"}
    before = time.time() - FORSAKEN
    for path in names:
        group = path.stem.rpartition("-")[0] if path.suffix == ".mail" else path.stem
        with suppress(FileNotFoundError):
            if group not in accepted and path.suffix in (".mail", ".new") and path.stat().st_mtime < before:
                path.unlink()


def gauges(now):
    """How many groups of accepted mails wait on this machine, and since when the oldest does."""
    times = []
    for listed in folder().glob("*.list"):
        with suppress(FileNotFoundError):
            times.append(listed.stat().st_mtime)
    yield "spool_groups", "Groups of accepted mails that are no rows yet, on this machine", [({}, len(times))]
    age = max(now.timestamp() - min(times), 0) if times else 0
    yield "intake_lag_seconds", "How long the oldest accepted mail has waited to become a row", [({}, age)]
