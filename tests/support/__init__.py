"""What every test can use, in any room. Loaded before Django settings, so that no test meets a real desk."""

import atexit
import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest

pytest_plugins = [
    "tests.support.people",
    "tests.support.desk",
    "tests.support.mail",
    "tests.support.pages",
    "tests.support.tls",
]


def own_data_folder():
    """A folder for this run, and in it one for each of its workers."""
    folder = os.environ.get("OMBUD_TEST_DATA")
    if not folder:
        folder = os.environ["OMBUD_TEST_DATA"] = tempfile.mkdtemp(prefix="ombud-test-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    own = Path(folder) / os.environ.get("PYTEST_XDIST_WORKER", "main")
    (own / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns where it is missing
    return own


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A run in the background of a shell is told to ignore Ctrl-C, and would tell its desks the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
os.environ["OMBUD_TESTING"] = "1"
os.environ["OMBUD_DATA"] = str(own_data_folder())


def pytest_addoption(parser):
    parser.addoption("--mission", metavar="ROW", help="only the tests that prove this capability, such as M8")


def pytest_collection_modifyitems(config, items):
    keep, leave = [], []
    for item in items:
        (keep if is_wanted(item, config.getoption("--mission")) else leave).append(item)
    if leave:
        config.hook.pytest_deselected(items=leave)
        items[:] = keep


def is_wanted(item, row):
    other = {"sqlite": "postgres", "postgres": "sqlite"}[kind()]
    if item.get_closest_marker(other):
        return False
    return not row or any(row in mark.args for mark in item.iter_markers("mission"))


def kind():
    return "postgres" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"


@pytest.fixture(scope="session")
def database_kind():
    """What this run is on: "sqlite" or "postgres"."""
    return kind()
