"""The whole process tree of bin/serve on a place."""

import re
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

PATIENCE = 60  # seconds


class Tree:
    """`with Tree(place) as tree:` serves; `tree.port`, `tree.smtp_port`, `tree.memory()`."""

    def __init__(self, place):
        self.place = place
        self.port, self.smtp_port = free_port(), free_port()

    def __enter__(self):
        self.log = (self.place.folder / "bench.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ombud", "serve", "--empty", *self._ports()],
            env=self.place.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        until = time.monotonic() + PATIENCE
        while not (self._answers() and self._takes_mail()):
            if self.process.poll() is not None or time.monotonic() > until:
                self.__exit__()
                raise SystemExit(f"bench: the desk does not start: {self.said()}")
            time.sleep(0.05)
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.log.close()

    def _ports(self):
        return ["--port", str(self.port), "--smtp-port", str(self.smtp_port)]

    def said(self):
        return (self.place.folder / "bench.log").read_text(errors="replace")[-2000:]

    def _answers(self):
        line = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            line.request("GET", "/api/")
            return line.getresponse().status < 500
        except (OSError, HTTPException):
            return False
        finally:
            line.close()

    def _takes_mail(self):
        try:
            with socket.create_connection(("127.0.0.1", self.smtp_port), timeout=5) as line:
                return line.recv(64).startswith(b"220")
        except OSError:
            return False

    def processes(self):
        """The ids of the supervisor and of everything below it."""
        found, look = [], [self.process.pid]
        while look:
            pid = look.pop()
            found.append(pid)
            try:
                look += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
            except OSError:
                continue
        return found

    def memory(self):
        """The sum of the proportional set sizes, in MB."""
        kilobytes = 0
        for pid in self.processes():
            try:
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            except OSError:
                continue
            kilobytes += int(re.search(r"^Pss:\s+(\d+)", rollup, re.M).group(1))
        return kilobytes / 1024


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
