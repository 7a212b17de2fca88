"""bin/test: the whole suite, on SQLite and on PostgreSQL, and one line at the end that sums it up."""

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from ombud.config.catalogues import compile_changed
from tests.support import postgres
from tests.support.pages import chromium

# What knows no database, or looks at the code: it says the same on both, so it is asked once.
ASKED_ONCE = ("ombud/lib", "ombud/ui", "tests/house", "tests/bench")
NOTHING_FOUND = 5  # pytest's exit status when no test was selected


@dataclass
class Result:
    """How many tests passed, failed and were skipped; a run that broke down counts as one failure."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other):
        return Result(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def main(argv):
    wanted, rest = parse(argv)
    compile_changed(say)
    result = run_all(wanted, rest)
    if not result.passed and not result.failed:
        say(f"no test proves {wanted.mission}" if wanted.mission else "no test was run")
        print(result)
        return 1
    print(result)
    return 1 if result.failed else 0


def parse(argv):
    parser = argparse.ArgumentParser(
        prog="bin/test", description="Everything else is passed to pytest: bin/test -k silence ombud/spine."
    )
    parser.add_argument("--fast", action="store_true", help="SQLite only, and no browser")
    parser.add_argument("--mission", metavar="ROW", help="only the tests that prove a capability, such as M8")
    parser.add_argument("--only", choices=("sqlite", "postgres"), help="on one database")
    parser.add_argument("--browser-everywhere", action="store_true", help="browser tests on PostgreSQL too")
    parser.add_argument("-m", dest="marks", default="", help="pytest's marker expression")
    parser.add_argument("-n", dest="workers", default="2", help="test processes (2; 0 for none)")
    return parser.parse_known_args(argv)


def run_all(wanted, rest):
    result = Result()
    if wanted.only != "postgres":
        result += on_sqlite(wanted, rest)
    if not wanted.fast and wanted.only != "sqlite":
        result += on_postgres(wanted, rest)
    return result


def on_sqlite(wanted, rest):
    browser = not wanted.fast and bool(chromium())
    if not wanted.fast and not browser:
        say("NO CHROMIUM: the tests that drive a browser are LEFT OUT (Debian: apt-get install chromium)")
    return run(
        "SQLite", wanted, rest, marks="" if browser else "not browser", environment={"DATABASE_URL": ""}
    )


def on_postgres(wanted, rest):
    # The browser shows the same pages on both; it is driven once unless asked.
    everywhere = (wanted.browser_everywhere or wanted.only) and chromium()
    name = f"ombud_test_{os.getpid()}_{secrets.token_hex(3)}"
    try:
        with postgres.server() as address:
            environment = {"DATABASE_URL": postgres.with_name(address, name), "OMBUD_TEST_NAME": name}
            try:
                once = [] if wanted.only else [f"--ignore={folder}" for folder in ASKED_ONCE]
                marks = "" if everywhere else "not browser"
                return run("PostgreSQL", wanted, [*rest, *once], marks, environment)
            finally:
                postgres.drop(address, name)
                postgres.drop(address, f"test_{name}")
    except postgres.NoPostgres as trouble:
        say(f"PostgreSQL could not be tested: {trouble}")
        return Result(failed=1)


def run(where, wanted, rest, marks, environment):
    """One run of pytest in a process of its own."""
    say(f"on {where}")
    with tempfile.TemporaryDirectory(prefix="ombud-test-") as folder:
        report = Path(folder, "report.xml")
        words = ["-q", "-n", wanted.workers, "--dist", "loadgroup", f"--junitxml={report}", "--durations=20"]
        words += rest
        both = " and ".join(f"({part})" for part in (wanted.marks, marks) if part)
        words += ["-m", both] if both else []
        words += ["--mission", wanted.mission] if wanted.mission else []
        own = {**os.environ, "OMBUD_TEST_DATA": str(Path(folder, "data")), **environment}
        status = subprocess.call([sys.executable, "-m", "pytest", *words], env=own)
        return count(report, status)


def count(report, status):
    if status == NOTHING_FOUND:
        return Result()
    try:
        suite = ElementTree.parse(report).getroot().find("testsuite")
    except (OSError, ElementTree.ParseError):
        return Result(failed=1)
    total, skipped = int(suite.get("tests")), int(suite.get("skipped"))
    failed = int(suite.get("failures")) + int(suite.get("errors"))
    if status and not failed:
        failed, total = 1, total + 1  # it was interrupted, or broke down outside a test
    return Result(max(0, total - failed - skipped), failed, skipped)


def say(text):
    print(f"ombud: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
