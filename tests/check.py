"""bin/check: what a reviewer should not have to look for. Every check runs, whichever of them fails."""

import argparse
import os
import subprocess
import sys
import tempfile
import time

from ombud.config.catalogues import compile_changed

CHECKS = {
    "format": [sys.executable, "-m", "ruff", "format", "--check", "."],
    "lint": [sys.executable, "-m", "ruff", "check", "."],
    "django": [sys.executable, "-m", "ombud", "manage", "check"],
    "words": [sys.executable, "-m", "ombud", "words", "--check"],
    "house": [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "2",
        "tests/house",
    ],  # floors, migrations, docs, words, taste
}
MENDS = {
    "format": [sys.executable, "-m", "ruff", "format", "."],
    "lint": [sys.executable, "-m", "ruff", "check", "--fix", "."],
}


def main(argv):
    parser = argparse.ArgumentParser(prog="bin/check", description=__doc__)
    parser.add_argument("--fix", action="store_true", help="format, and mend what can be mended, first")
    wanted = parser.parse_args(argv)
    compile_changed()
    with tempfile.TemporaryDirectory(prefix="ombud-check-") as folder:
        environment = {**os.environ, "OMBUD_DATA": folder, "OMBUD_TESTING": "1", "DATABASE_URL": ""}
        if wanted.fix:
            for words in MENDS.values():
                subprocess.run(words, env=environment, check=False)
        return 1 if [name for name, words in CHECKS.items() if not passes(name, words, environment)] else 0


def passes(name, words, environment):
    began = time.monotonic()
    done = subprocess.run(
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    print(
        f"{'well' if done.returncode == 0 else 'NOT WELL':<8}  {name:<10} {time.monotonic() - began:4.1f} s",
        flush=True,
    )
    if done.returncode:
        print(done.stdout.rstrip(), flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
