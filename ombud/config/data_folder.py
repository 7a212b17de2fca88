"""The data folder: all that an installation keeps outside PostgreSQL. It needs no Django."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class CannotStart(Exception):
    """Why a command cannot begin, in one line for the person who typed it."""


class DataFolder:
    """Where the database, the files, the key and the logs of one desk are."""

    def __init__(self, path):
        self.path = Path(path).expanduser().resolve()
        self.database = self.path / "ombud.sqlite3"
        self.files = self.path / "files"
        self.log = self.path / "log"
        self.secret_key = self.path / "secret.key"
        self.lock = self.path / "serve.lock"
        self.welcome = self.path / "welcome.json"

    def make_ready(self):
        """Make what is missing; raises CannotStart when this user may not write there."""
        try:
            for folder in (self.path, self.files, self.log):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.path / f".writable-{os.getpid()}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise CannotStart(
                f"cannot write to the data folder {self.path} ({error.strerror}); choose another with --data DIR"
            ) from error
        return self

    def secret_keys(self):
        """The keys that sign and encrypt, newest first: OMBUD_SECRET_KEY (several, by commas) or secret.key."""
        given = [key.strip() for key in os.environ.get("OMBUD_SECRET_KEY", "").split(",") if key.strip()]
        return given or self._kept_keys()

    def _kept_keys(self):
        if not self.secret_key.exists():
            self._write_key()
        return self.secret_key.read_text(encoding="ascii").split()

    def _write_key(self):
        # Written whole under another name and linked into place: two processes that start at once agree on
        # one key, and nobody reads half of it.
        self.path.mkdir(parents=True, exist_ok=True)
        draft = self.path / f".secret-{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, self.secret_key)
        draft.unlink()


def data_folder():
    """The folder of this process: OMBUD_DATA (which --data sets), else var beside the code."""
    return DataFolder(os.environ.get("OMBUD_DATA") or ROOT / "var")
