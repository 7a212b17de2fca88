"""The parts of a backup, as they are written and read: hashed on the way."""

import hashlib
import io
import json
import sys
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

MANIFEST = "manifest.json"
BLOCK = 1 << 20  # bytes


class NoBackup(Exception):
    """Why a backup cannot be taken or put back, in one line."""


@dataclass
class Manifest:
    """What a backup says of itself. `tables`: rows of each; `sequences`: the last number of each.

    `parts`: the SHA-256 of each part but the files, whose names are their hashes.
    """

    version: str
    engine: str
    taken_at: str
    migrations: dict = field(default_factory=dict)
    tables: dict = field(default_factory=dict)
    sequences: dict = field(default_factory=dict)
    parts: dict = field(default_factory=dict)
    files: int = 0
    bytes: int = 0

    def dump(self):
        return json.dumps(self.__dict__, indent=1, sort_keys=True).encode()

    @classmethod
    def load(cls, said):
        try:
            return cls(**json.loads(said))
        except (ValueError, TypeError):
            raise NoBackup("this is no backup of Ombud, or one of a later version") from None


def sha256_of(path):
    """The hash of a file, read in blocks."""
    found = hashlib.sha256()
    with Path(path).open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.hexdigest()


class Archive:
    """The file that is being written; `manifest` is its last part, so that a broken-off one has none."""

    def __init__(self, out, manifest):
        self.tar = tarfile.open(fileobj=out, mode="w")  # noqa: SIM115 — closed by close()
        self.manifest = manifest

    def add(self, path, name):
        """A part of its own, with its hash in the manifest."""
        self.manifest.parts[name] = sha256_of(path)
        self.tar.add(path, name, recursive=False)

    def add_file(self, path, sha256):
        """An attachment: its name is its hash."""
        self.tar.add(path, f"files/{sha256[:2]}/{sha256}", recursive=False)
        self.manifest.files += 1
        self.manifest.bytes += path.stat().st_size

    def close(self):
        said = self.manifest.dump()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size, entry.mode = len(said), 0o600
        self.tar.addfile(entry, io.BytesIO(said))
        self.tar.close()


def unpack(source, folder, progress):
    """Unpack a whole backup into a folder, looking at every hash; its manifest. Raises NoBackup."""
    hashes, manifest = {}, None
    try:
        with tarfile.open(source) as tar:
            for entry in tar:
                if not entry.isfile() or entry.name.startswith("/") or ".." in Path(entry.name).parts:
                    raise NoBackup(f"it holds {entry.name!r}, which is none of ours")
                target = folder / entry.name
                target.parent.mkdir(parents=True, exist_ok=True)
                hashes[entry.name] = _write(tar.extractfile(entry), target)
                progress(1)
                if entry.name == MANIFEST:
                    manifest = Manifest.load(target.read_bytes())
    except tarfile.TarError as error:
        raise NoBackup(f"it cannot be read: {error}") from error
    if manifest is None:
        raise NoBackup("it has no end: it was broken off while it was written")
    _compare(manifest, hashes)
    return manifest


def _write(incoming, target):
    found = hashlib.sha256()
    with target.open("wb") as out:
        while block := incoming.read(BLOCK):
            found.update(block)
            out.write(block)
    return found.hexdigest()


def _compare(manifest, hashes):
    for name, wanted in manifest.parts.items():
        if hashes.get(name) != wanted:
            raise NoBackup(f"{name} is damaged or missing")
    files = {name for name in hashes if name.startswith("files/")}
    wrong = [name for name in files if name.rpartition("/")[2] != hashes[name]]
    if wrong or len(files) != manifest.files:
        raise NoBackup(f"{len(wrong) or 'some'} attachments are damaged or missing")


class Progress:
    """How far it is, on one line of standard error, when somebody looks."""

    def __init__(self, what, total=0):
        self.what, self.total, self.count = what, total, 0
        self.shown = sys.stderr.isatty()

    def __call__(self, more):
        self.count += more
        if self.shown and (self.count % 64 == 0 or self.count == self.total):
            of = f" of {self.total:,}" if self.total else ""
            print(f"\r{self.what}: {self.count:,}{of}", end="", file=sys.stderr, flush=True)  # noqa: T201

    def end(self):
        if self.shown and self.count:
            print(file=sys.stderr)  # noqa: T201
