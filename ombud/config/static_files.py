"""Styles, scripts and pictures, collected into the data folder under names that carry their content hash."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = ".stamp"


def collect_changed(tell=lambda text: None):
    """Collect when a file was added, changed or removed since the last time."""
    if settings.WHITENOISE_USE_FINDERS:
        return
    root, now = settings.STATIC_ROOT, fingerprint()
    stamp = root / STAMP
    if stamp.exists() and stamp.read_text() == now:
        return
    tell("styles and scripts")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    root.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now)


def fingerprint():
    """Which files there are, how large and how old, and where they come from."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(["CVS", ".*", "*~"]):
            known = storage.path(path)
            seen.update(
                f"{known} {storage.size(path)} {storage.get_modified_time(path).timestamp()}\n".encode()
            )
    return seen.hexdigest()
