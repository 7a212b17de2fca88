"""Django in threads behind asyncio. A thread works on a page; it never waits for a client's network."""

import asyncio
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from tempfile import SpooledTemporaryFile

from ombud.config.hub.answers import answer
from ombud.config.hub.spool import Gone, Refused, Spool

logger = logging.getLogger(__name__)
CHUNK = 64 * 1024
IN_MEMORY = 1024 * 1024  # bytes of a streamed answer; more goes to a temporary file
THREADS = 8
DOOR = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class File:
    """wsgi.file_wrapper: Django hands an open file over, and asyncio sends it at the client's pace."""

    def __init__(self, file, block_size=CHUNK):
        self.file = file

    def __iter__(self):
        return iter(lambda: self.file.read(CHUNK), b"")

    def close(self):
        if hasattr(self.file, "close"):
            self.file.close()


class Bridge:
    """An ASGI application around a WSGI one."""

    def __init__(self, application, threads=THREADS, spool=None):
        self.application = application
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="page")
        # Reading a file for a slow client is short work, and must not queue behind pages.
        self.readers = ThreadPoolExecutor(2, thread_name_prefix="file")
        self.spool = spool or Spool()

    async def __call__(self, scope, receive, send):
        headers = read_headers(scope)
        try:
            body, length = await self._body(headers, receive)
        except Refused as refused:
            return await answer(send, refused.status, refused.text, [(b"connection", b"close")])
        except Gone:
            return None
        with body:
            environ = make_environ(scope, headers, body, length)
            loop = asyncio.get_running_loop()
            status, named, content = await loop.run_in_executor(self.threads, self._call, environ)
        return await self._send(send, status, named, content)

    async def _body(self, headers, receive):
        announced = headers.get("content-length", "")
        if announced in ("", "0") and "transfer-encoding" not in headers:
            return BytesIO(), 0
        return await self.spool.take(receive, int(announced) if announced.isdigit() else None)

    def _call(self, environ):
        """In a thread: the answer's status, headers, and its content as bytes or an open file."""
        said = []
        result = self.application(environ, lambda status, named, trouble=None: said.append((status, named)))
        if isinstance(result, File):
            return *plain(said), result
        try:
            return *plain(said), gather(result)
        finally:
            if hasattr(result, "close"):
                result.close()

    async def _send(self, send, status, named, content):
        await send({"type": "http.response.start", "status": status, "headers": named})
        if isinstance(content, bytes):
            return await send({"type": "http.response.body", "body": content})
        loop = asyncio.get_running_loop()
        try:
            while chunk := await loop.run_in_executor(self.readers, content.file.read, CHUNK):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        finally:
            await loop.run_in_executor(self.readers, content.close)
        return await send({"type": "http.response.body", "body": b""})

    def close(self):
        self.threads.shutdown(wait=False, cancel_futures=True)
        self.readers.shutdown(wait=False, cancel_futures=True)


def gather(result):
    """A page as bytes; what is streamed, such as a long export, as a file once it grows."""
    if not getattr(result, "streaming", True):
        return b"".join(result)
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed when it has been sent
    for chunk in result:
        file.write(chunk)
    file.seek(0)
    return File(file)


def plain(said):
    status, named = said[-1]
    encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in named]
    return int(status[:3]), encoded


def read_headers(scope):
    """Names to values. A name with an underscore could pass for another one in a WSGI environ: left out."""
    headers = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if "_" in name:
            continue
        between = "; " if name == "cookie" else ","
        headers[name] = f"{headers[name]}{between}{value}" if name in headers else value
    return headers


def make_environ(scope, headers, body, length):
    server = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", ""),
        "PATH_INFO": scope["path"].encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": File,
    }
    for name, value in headers.items():
        environ[DOOR.get(name) or "HTTP_" + name.upper().replace("-", "_")] = value
    # A body that came in pieces has a length now; Django reads exactly that much.
    environ["CONTENT_LENGTH"] = str(length)
    return environ
