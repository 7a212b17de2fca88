"""Files by their content: `files/ab/<sha256>` in the data folder, whole before any row names one."""

import hashlib
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings

# Files that are synced at the same time: a disk does several nearly as fast as one.
DISK = ThreadPoolExecutor(8, "disk")


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
    sync_folder(target.parent)
    return sha256


def adopt(named):
    """Give synced files, pairs of SHA-256 and path, their place among ours: a second name for the same bytes.

    They survive a power cut under the new name once its folder is synced: the folders are the answer.
    """
    folders = set()
    for sha256, path in named:
        target = path_of(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, target)
        except FileExistsError:  # perhaps by somebody who has not synced the folder yet
            pass
        except FileNotFoundError:  # another process was quicker, or the bytes are lost
            continue
        except OSError:  # a disk that knows no second names
            keep(Path(path).read_bytes())
        folders.add(target.parent)
    return folders


def read(sha256):
    """The bytes; FileNotFoundError when they are gone."""
    return path_of(sha256).read_bytes()


def sync_folder(folder):
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
