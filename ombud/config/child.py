"""One process of the tree, as the supervisor sees it: started, watched, started again, ended."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

FIRST_WAIT = 0.2  # seconds before the first restart; a mere accident should hardly be noticed
LONGEST_WAIT = 30.0
STEADY = 30.0  # seconds of life after which a death counts as the first one again


class Child:
    """A Python process running `bin/ombud WORDS`, in a process group of its own."""

    def __init__(self, name, words, *, pass_fds=(), environment=None):
        self.name = name
        self.words = words
        self.pass_fds = pass_fds
        self.environment = environment or {}
        self.process = None
        self.started_at = self.start_at = 0.0
        self.wait = FIRST_WAIT

    def start(self):
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ombud", *self.words],
            stdin=subprocess.PIPE,
            pass_fds=self.pass_fds,
            # Two heaps are enough for a dozen threads, and keep an idle desk's memory small.
            env={"MALLOC_ARENA_MAX": "2", **os.environ, "OMBUD_SUPERVISED": "1", **self.environment},
            process_group=0,
        )

    def run_to_end(self):
        """Start it and wait; its exit status."""
        self.start()
        return self.process.wait()

    def keep_alive(self, now):
        """Notice a death, and start again when its wait is over; says what there is to say, or nothing."""
        if self.process is None:
            if now >= self.start_at:
                self.start()
            return None
        status = self.process.poll()
        if status is None:
            return None
        if now - self.started_at > STEADY:
            self.wait = FIRST_WAIT
        self.start_at, self.process = now + self.wait, None
        said = f"{self.name} ended ({describe(status)}); starting it again in {self.wait:g} s"
        self.wait = min(self.wait * 2, LONGEST_WAIT)
        return said

    def signal(self, number):
        """To the child and all that it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def end(self, deadline):
        """Wait for a clean end until the deadline (monotonic), then insist."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.signal(signal.SIGKILL)
            self.process.wait()


def describe(status):
    return f"exit status {status}" if status >= 0 else signal.Signals(-status).name
