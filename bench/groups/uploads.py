"""Fifty people upload over slow lines: pages must not notice."""

import socket
import threading

from bench.figures import Figure
from bench.timing import middle, p95, sample
from bench.visits import Line, signed_in, somebody

UPLOADS = 50
SIZE = 5 * 1024 * 1024  # bytes announced; a small part of it arrives
PIECE = 4096  # bytes, ten times a second: the pace of a bad mobile line


def measure(wanted):
    cookie = signed_in(somebody())
    line = Line(wanted.port, cookie=cookie)
    alone = sample(lambda: line.get("/inbox/all/"), wanted, seconds=6)
    stop = threading.Event()
    with_uploads = threading.Thread(target=_trickle, args=(wanted.port, cookie, stop))
    with_uploads.start()
    try:
        stop.wait(1.0)
        beside = sample(lambda: line.get("/inbox/all/"), wanted, seconds=6)
    finally:
        stop.set()
        with_uploads.join()
    yield Figure(
        f"list page beside {UPLOADS} slow uploads",
        round(middle(beside), 2),
        "ms",
        round(middle(alone), 2),
        "ms without them",
        f"p95 {p95(beside):.1f} ms, without {p95(alone):.1f} ms",
    )


def _trickle(port, cookie, stop):
    head = (
        f"POST /tickets/1001/note/files/ HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n"
        f"Content-Type: application/octet-stream\r\nContent-Length: {SIZE}\r\n\r\n"
    ).encode()
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(UPLOADS)]
    for line in lines:
        line.sendall(head)
    while not stop.wait(0.1):
        for line in lines:
            line.sendall(b"x" * PIECE)
    for line in lines:
        line.close()
