"""Work processes on the place of a benchmark, without a door for mail."""

import os
import subprocess
import sys
import time
from pathlib import Path

PATIENCE = 30  # seconds
LANES = 4  # threads that a work process has at least when it is ready


class Workers:
    """`with Workers(2):` runs two of them; they end with it, even when it is killed."""

    def __init__(self, count):
        self.count = count

    def __enter__(self):
        environment = os.environ | {"OMBUD_SMTP_PORT": "0", "OMBUD_SUPERVISED": "1"}
        self.processes = [
            subprocess.Popen(
                [sys.executable, "-P", "-m", "ombud", "work"],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=sys.stderr,
            )
            for _ in range(self.count)
        ]
        until = time.monotonic() + PATIENCE
        while not all(map(_is_ready, self.processes)):
            if time.monotonic() > until:
                self.__exit__()
                raise SystemExit("bench: a work process does not start")
            time.sleep(0.05)
        time.sleep(1)  # each lane has looked once
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


def _is_ready(process):
    return len(list(Path(f"/proc/{process.pid}/task").iterdir())) >= LANES
