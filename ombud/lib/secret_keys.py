"""The installation's secret: one file in the data folder, or the environment (several, for rotation)."""

import base64
import hashlib
import os
import secrets
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
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass  # another process of ours was quicker
        else:
            with os.fdopen(handle, "w") as out:
                out.write(secrets.token_urlsafe(48) + "\n")
    return file.read_text().split()


def vault(keys):
    """Encrypts what must be read again, such as a mailbox's password; the first key writes, all can read."""
    derived = (
        base64.urlsafe_b64encode(hashlib.sha256(b"ombud vault" + key.encode()).digest()) for key in keys
    )
    return MultiFernet([Fernet(key) for key in derived])
