"""Pages come from Django in threads; neither slow senders nor slow readers hold one."""

import select
import socket
import threading
import time
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from io import BytesIO

import pytest
import uvicorn

from ombud.config.hub.bridge import Bridge
from ombud.config.hub.spool import Spool
from tests.support.desk import wait_for

SLOW = 50


def pages(environ, respond):
    """A stand-in for Django: answers with what it was given."""
    path = environ["PATH_INFO"]
    if path == "/file":
        respond("200 OK", [("Content-Type", "application/octet-stream")])
        return environ["wsgi.file_wrapper"](BytesIO(b"x" * 20_000_000))
    if path == "/export":
        respond("200 OK", [("Content-Type", "text/csv")])
        return (b"line\n" for _ in range(500_000))
    length = len(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    heard = (environ["REQUEST_METHOD"], path, length, environ.get("HTTP_X_MANY"), environ.get("HTTP_X_FALSE"))
    respond("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [" ".join(map(str, heard)).encode("latin-1")]


@contextmanager
def serving(application, **limits):
    server = uvicorn.Server(
        uvicorn.Config(
            Bridge(application, threads=2, spool=Spool(**limits)), port=0, lifespan="off", log_level="error"
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_for(lambda: server.started, "the server")
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = server.force_exit = True
    thread.join(5)


@pytest.fixture
def port():
    with serving(pages) as port:
        yield port


def ask(port, path="/", method="GET", body=None, headers=None):
    line = HTTPConnection("127.0.0.1", port, timeout=10)
    with suppress(BrokenPipeError):
        line.request(method, path, body, headers or {})
    answer = line.getresponse()
    said = answer.read()
    line.close()
    return answer.status, said


def begin(port, head, body=b""):
    """A request that is begun and not ended."""
    line = socket.create_connection(("127.0.0.1", port), timeout=10)
    line.sendall(head.replace("\n", "\r\n").encode() + body)
    return line


UPLOAD = "POST /upload HTTP/1.1\nHost: desk\nContent-Length: 1000000\n\n"


def quickest_of(port, times=20):
    took = []
    for _ in range(times):
        began = time.monotonic()
        assert ask(port)[0] == 200
        took.append(time.monotonic() - began)
    return sorted(took)[times // 2]


def test_a_page_is_answered_with_its_path_and_body(port):
    said = ask(port, "/a%20b/%E6%9E%97", "POST", b"12345", {"X-Many": "one"})
    assert said == (200, "POST /a b/林 5 one None".encode())


def test_a_body_in_pieces_has_a_length(port):
    assert ask(port, "/", "POST", iter([b"ab", b"cde"])) == (200, b"POST / 5 None None")


def test_a_header_cannot_pass_for_another(port):
    assert ask(port, headers={"X_False": "me"})[1].endswith(b"None None")


def test_fifty_slow_uploads_leave_pages_quick(port):
    alone = quickest_of(port)
    lines = [begin(port, UPLOAD, b"x" * 100) for _ in range(SLOW)]
    assert quickest_of(port) < max(3 * alone, 0.05)
    for line in lines:
        line.close()


def test_fifty_slow_readers_leave_pages_quick(port):
    alone = quickest_of(port)
    lines = [begin(port, "GET /file HTTP/1.1\nHost: desk\n\n") for _ in range(SLOW)]
    for line in lines:
        line.recv(1000)
    assert quickest_of(port) < max(3 * alone, 0.05)
    for line in lines:
        line.close()


def test_a_large_file_and_a_long_export_arrive_whole(port):
    assert len(ask(port, "/file")[1]) == 20_000_000
    assert len(ask(port, "/export")[1]) == 2_500_000


def test_a_body_that_is_too_large_is_refused_before_it_is_sent():
    with serving(pages, largest=1000) as port:
        status, said = ask(port, "/", "POST", headers={"Content-Length": "1001"})
        assert (status, said) == (413, b"This is larger than 0 MB, so it was not taken.")


def test_a_body_that_hides_its_length_is_refused_when_it_grows():
    with serving(pages, largest=1000) as port:
        assert ask(port, "/", "POST", iter([b"x" * 600, b"x" * 600]))[0] == 413


def test_all_bodies_together_have_a_limit():
    with serving(pages, together=1500) as port:
        first = begin(port, UPLOAD, b"x" * 1000)
        wait_for(lambda: ask(port, "/", "POST", b"x" * 1000)[0] == 503, "the limit")
        first.close()
        wait_for(lambda: ask(port, "/", "POST", b"x" * 1000)[0] == 200, "room again")


def test_an_upload_that_falls_silent_is_given_up():
    with serving(pages, silence=0.3) as port:
        line = begin(port, UPLOAD, b"x")
        assert line.recv(100).startswith(b"HTTP/1.1 408")


def test_an_upload_that_drips_is_given_up():
    with serving(pages, grace=0.3, slowest=1000) as port:
        line = begin(port, UPLOAD)
        with suppress(BrokenPipeError):
            for _drop in range(100):
                line.sendall(b"x")
                if select.select([line], [], [], 0.1)[0]:  # the desk has something to say
                    break
        assert line.recv(100).startswith(b"HTTP/1.1 408")
