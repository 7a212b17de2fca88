"""bin/_env: a clone becomes an environment by itself, once, and says in one line what stands in its way."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from ombud.config.data_folder import ROOT


@pytest.fixture
def clone(tmp_path):
    """What set-up needs of a clone, in a folder whose name has a space."""
    clone = tmp_path / "my desk"
    shutil.copytree(ROOT / "bin", clone / "bin")
    shutil.copytree(ROOT / "requirements", clone / "requirements")
    (clone / "bin/probe").write_text('#!/bin/sh\nmode=serve\n. "$(dirname -- "$0")/_env"\necho "$python"\n')
    (clone / "bin/probe").chmod(0o755)
    return clone


def probe(clone, **environment):
    """Run bin/probe from elsewhere: it prints the Python that a command would use."""
    given = {"PATH": os.environ["PATH"], "HOME": str(clone.parent), **environment}
    words = [clone / "bin/probe"]
    return subprocess.run(words, env=given, cwd="/", capture_output=True, text=True, check=False)


def pythonless_path(tmp_path, **programs):
    """A PATH with the tools that a shell script needs, and these programs, but no Python of the machine."""
    folder = tmp_path / "path"
    folder.mkdir()
    for tool in ("sh", "dirname", "cat", "cksum", "mkdir", "flock", "rm", "pwd", "touch"):
        if found := shutil.which(tool):
            (folder / tool).symlink_to(found)
    for name, text in programs.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return str(folder)


def stamp(clone):
    """Pretend that set-up has succeeded here."""
    python = clone / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 0\n")
    python.chmod(0o755)
    locks = [clone / "requirements/bootstrap.lock", clone / "requirements/serve.lock"]
    text = f"{clone}\n".encode() + b"".join(lock.read_bytes() for lock in locks)
    done = subprocess.run(["cksum"], input=text, capture_output=True, check=True)
    (clone / ".venv/.stamp-serve").write_bytes(done.stdout)


def test_without_python_it_says_what_to_install(clone, tmp_path):
    done = probe(clone, PATH=pythonless_path(tmp_path))
    assert done.returncode == 2
    assert "Python 3.11 or newer was not found" in done.stderr.splitlines()[-1]


def test_an_old_python_is_not_enough(clone, tmp_path):
    done = probe(clone, PATH=pythonless_path(tmp_path, python3="#!/bin/sh\nexit 1\n"))
    assert "Python 3.11 or newer was not found" in done.stderr


def test_without_the_venv_module_it_names_the_package(clone, tmp_path):
    lacks = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; *) exit 0;; esac\n'
    done = probe(clone, PATH=pythonless_path(tmp_path, python3=lacks))
    assert done.returncode == 2
    assert "python3-venv" in done.stderr.splitlines()[-1]


def test_a_folder_that_cannot_be_written_is_one_line(clone):
    (clone / ".venv").write_text("in the way")
    done = probe(clone)
    assert done.returncode == 2
    assert f"cannot write to {clone}/.venv" in done.stderr


def test_nothing_is_done_when_nothing_changed(clone):
    stamp(clone)
    before = {path: path.stat().st_mtime_ns for path in clone.rglob("*")}
    done = probe(clone)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{clone}/.venv/bin/python\n"
    assert {path: path.stat().st_mtime_ns for path in clone.rglob("*")} == before


def test_a_changed_requirement_sets_up_again(clone):
    stamp(clone)
    with Path(clone, "requirements/serve.lock").open("a") as lock:
        lock.write("# changed\n")
    assert "setting up" in probe(clone, PYTHON="/nowhere").stderr


def test_a_link_to_another_clones_environment_is_refused_in_one_line(clone, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (clone / ".venv").symlink_to(other)
    done = probe(clone)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"ombud: {clone}/.venv is a symbolic link; remove it (rm .venv), "
        "and this clone gets an environment of its own"
    ]
    assert not list(other.iterdir())
