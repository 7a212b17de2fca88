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
    """`with Tree(place) as tree:` serves; `tree.port`, `tree.smtp_port`, `tree.memory()`, `tree.ticks()`."""

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
        """{"supervisor": id, "web": id, "work": id}, and whatever else stands below the first."""
        found, look = {"supervisor": self.process.pid}, [self.process.pid]
        while look:
            below = Path(f"/proc/{look.pop()}")
            for pid in map(int, (below / "task" / below.name / "children").read_text().split()):
                words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
                name = words[words.index("ombud") + 1] if "ombud" in words else words[0]
                found[name if name not in found else f"{name} {pid}"] = pid
                look.append(pid)
        return found

    def memory(self):
        """{name: proportional set size in MB}."""
        rollups = {
            name: Path(f"/proc/{pid}/smaps_rollup").read_text() for name, pid in self.processes().items()
        }
        return {
            name: int(re.search(r"^Pss:\s+(\d+)", text, re.M).group(1)) / 1024
            for name, text in rollups.items()
        }

    def ticks(self):
        """{name: how long it has run on a processor, in ticks of the clock}."""
        stats = {name: Path(f"/proc/{pid}/stat").read_text() for name, pid in self.processes().items()}
        # After the command's name, which may hold anything, the twelfth and thirteenth are its times.
        return {name: sum(map(int, text.rpartition(")")[2].split()[11:13])) for name, text in stats.items()}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
