"""bin/serve: keeps the web process and the work process alive, and ends them together. It needs no Django."""

import argparse
import errno
import fcntl
import os
import select
import signal
import socket
import sys
import time
from contextlib import suppress

from ombud.config import welcome
from ombud.config.child import Child
from ombud.config.data_folder import CannotStart, data_folder
from ombud.config.parentage import PATIENCE, end_with_supervisor


def main(argv):
    """Serve the desk until SIGINT or SIGTERM."""
    wanted = parse(argv)
    folder = data_folder().make_ready()
    os.environ["OMBUD_DATA"] = str(folder.path)
    lock = hold_alone(folder)
    web = listen(wanted.bind, wanted.port, "--port")
    listen(wanted.bind, wanted.smtp_port, "--smtp-port").close()
    bell = Bell()
    end_with_supervisor()  # somebody else may watch over us in turn
    status = prepare(wanted, bell)
    if status is None:
        children = tree(wanted, web)
        for child in children:
            child.start()
        say(greeting(wanted))
        watch(children, bell)
        status = 0
    lock.close()
    return status


def parse(argv):
    parser = argparse.ArgumentParser(prog="bin/serve", description="Serve the desk: web, mail and clock.")
    parser.add_argument("--port", type=int, default=8000, help="the web's port (8000)")
    parser.add_argument("--smtp-port", type=int, default=2525, help="the port that takes mail (2525)")
    parser.add_argument("--bind", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument(
        "--empty", action="store_true", help="without the demo story: begin with a first-run page"
    )
    parser.add_argument(
        "--data", metavar="DIR", help="the data folder (OMBUD_DATA, else var beside the code)"
    )
    return parser.parse_args(argv)


def hold_alone(folder):
    """Two supervisors on one folder would both take its mail; the lock ends with the process."""
    lock = folder.lock.open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise CannotStart(
            f"a desk is already being served from {folder.path}; end it, or give --data DIR"
        ) from error
    return lock


def listen(address, port, option):
    """A listening socket. It stays while the web process restarts: visitors wait and are not refused."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
        listener.listen(2048)
    except OSError as error:
        raise CannotStart(why_not(error, address, port, option)) from error
    return listener


def why_not(error, address, port, option):
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {address} is in use; choose another with {option}"
    if error.errno == errno.EACCES:
        return f"this user may not open port {port} on {address}; choose one above 1023 with {option}"
    return f"cannot listen on {address} port {port}: {error.strerror}"


def prepare(wanted, bell):
    """Database and demo story, in a child that is gone afterwards; an exit status when it did not succeed."""
    words = ["prepare", "--empty"] if wanted.empty else ["prepare"]
    child = Child("prepare", words)
    child.start()
    while child.process.poll() is None:
        if bell.wait(1.0):
            child.signal(signal.SIGTERM)
            child.end(time.monotonic() + PATIENCE)
            return 130
    status = child.process.returncode
    if status == 0:
        return None
    return status if status > 0 else 1


def tree(wanted, web):
    bind = ["--bind", wanted.bind]
    listening = {"OMBUD_BIND": wanted.bind, "OMBUD_SMTP_PORT": str(wanted.smtp_port)}
    return [
        Child(
            "web", ["web", "--fd", str(web.fileno()), *bind], pass_fds=[web.fileno()], environment=listening
        ),
        Child("work", ["work"], environment=listening),
    ]


def watch(children, bell):
    """Until told to stop: start again what died. Then end all, within PATIENCE seconds."""
    while not bell.wait(0.5):
        for child in children:
            said = child.keep_alive(time.monotonic())
            if said:
                say(said)
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    for child in children:
        child.end(deadline)


LOOPBACK = ("127.0.0.1", "::1", "localhost")


def greeting(wanted):
    host = f"[{wanted.bind}]" if ":" in wanted.bind else wanted.bind
    shown = "127.0.0.1" if wanted.bind in ("0.0.0.0", "::") else host
    lines = [f"Ombud is at http://{shown}:{wanted.port}/ and takes mail on {host}:{wanted.smtp_port}."]
    for person in welcome.read().get("sign_in", ()):
        who = f"{person['name']}, {person['role'].lower()}"
        lines.append(f"  Sign in as {person['email']} with {person['password']} ({who})")
    if welcome.read().get("sign_in") and wanted.bind not in LOOPBACK:
        lines.append("  The story's password is no secret: whoever reaches this address can sign in.")
    lines.append("Ctrl-C ends it.")
    return "\n".join(lines)


def say(text):
    print(text, file=sys.stderr, flush=True)  # noqa: T201


class Bell:
    """Sleeps until a signal: true when it asks us to stop, false for a child's end or the time."""

    def __init__(self):
        self.stopping = False
        self.ear, mouth = socket.socketpair()
        for end in (self.ear, mouth):
            end.setblocking(False)
        self.mouth = mouth
        signal.set_wakeup_fd(mouth.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup asks to stay
                signal.signal(number, self.stop)

    def stop(self, *_):
        self.stopping = True

    def wait(self, seconds):
        if not self.stopping:
            select.select([self.ear], [], [], seconds)
            with suppress(BlockingIOError):
                self.ear.recv(4096)
        return self.stopping
