"""The installation's secret: one file in the data folder, or the environment (several, for rotation)."""

import base64
import hashlib
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet


def keys(environ, data):
    """All keys, the newest first. Makes `secret.key` (mode 0600) in the data folder when there is none."""
    given = [key for key in environ.get("OMBUD_SECRET_KEY", "").split(",") if key]
    if given:
        return given
    file = Path(data) / "secret.key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _write_first(file)
    return file.read_text().split()


def _write_first(file):
    """Written aside and linked into place whole: another process that starts now reads all of it or none."""
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=".secret-")  # mode 0600
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_urlsafe(48) + "\n")
    with suppress(FileExistsError):  # another process of ours was quicker
        os.link(draft, file)
    Path(draft).unlink()


def vault(keys):
    """Encrypts what must be read again, such as a mailbox's password; the first key writes, all can read."""
    derived = (
        base64.urlsafe_b64encode(hashlib.sha256(b"ombud vault" + key.encode()).digest()) for key in keys
    )
    return MultiFernet([Fernet(key) for key in derived])
