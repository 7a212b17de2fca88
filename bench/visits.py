"""Visiting pages as somebody who is signed in: in this process through WSGI, or over HTTP."""

import io
import sys
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.db import connection

from ombud.foundation.people.models import Person, Role


def somebody():
    """A lead, who sees everything."""
    return Person.objects.filter(role=Role.LEAD).order_by("pk").first()


def signed_in(person):
    """The Cookie header of a browser in which a person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def ask(application, address, **headers):
    """The body of a page, made in this process; raises when it is no page."""
    parts = urlsplit(address)
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    said = []
    result = application(environ, lambda status, named, trouble=None: said.append(status))
    try:
        body = b"".join(result)
    finally:
        if hasattr(result, "close"):
            result.close()
    if not said[0].startswith("200"):
        raise SystemExit(f"bench: {address} answered {said[0]}: {body[:300]!r}")
    return body


@contextmanager
def statements():
    """The SQL that is asked meanwhile, as pairs of statement and parameters."""
    asked = []

    def watch(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield asked


def replay(asked):
    """Ask the same of the database without Django around it: how long that alone takes is the ceiling."""
    connection.ensure_connection()
    cursor = connection.connection.cursor()
    try:
        for sql, params in asked:
            if connection.vendor == "sqlite":
                sql = sql.replace("%s", "?") if params else sql.replace("%%", "%")
            cursor.execute(sql, params or ())
            cursor.fetchall()
    finally:
        cursor.close()


class Line:
    """One kept-alive HTTP connection."""

    def __init__(self, port, **headers):
        self.line = HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = headers

    def get(self, address):
        self.line.request("GET", address, headers=self.headers)
        answer = self.line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"bench: {address} answered {answer.status}: {body[:300]!r}")
        return body
