"""The data folder: all that an installation keeps outside PostgreSQL. It needs no Django."""

import os
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
        self.secret_key = self.path / "secret.key"  # made by ombud.lib.secret_keys
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
                f"cannot write to the data folder {self.path} ({error.strerror}); give another: --data DIR"
            ) from error
        return self


def data_folder():
    """The folder of this process: OMBUD_DATA (which --data sets), else var beside the code."""
    return DataFolder(os.environ.get("OMBUD_DATA") or ROOT / "var")
