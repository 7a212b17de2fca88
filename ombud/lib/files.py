"""Files by their content: `files/ab/<sha256>` in the data folder, whole before any row names one."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def path_of(sha256):
    """Where the bytes with this hash stand (or would)."""
    return Path(settings.FILES) / sha256[:2] / sha256


def keep(content):
    """Store bytes durably and answer with their SHA-256; the same bytes are stored once."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = path_of(sha256)
    if target.exists():
        return sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    Path(temporary).rename(target)
    _sync_folder(target.parent)
    return sha256


def read(sha256):
    """The bytes; FileNotFoundError when they are gone."""
    return path_of(sha256).read_bytes()


def _sync_folder(folder):
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
