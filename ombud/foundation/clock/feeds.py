"""Feeds of closed days (iCalendar), from an address or a file."""

import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from ombud.lib.working_time import Refused, closed_days
from ombud.lib.working_time.refusals import N_

MOST = 2 * 1024 * 1024  # bytes; a calendar of closed days has a few thousand
PATIENCE = 10  # seconds until a server must have sent everything
CHUNK = 64 * 1024
# No file: or ftp: address, and none by redirection.
_web = urllib.request.OpenerDirector()
for _part in (
    urllib.request.ProxyHandler,
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPRedirectHandler,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPErrorProcessor,
    urllib.request.UnknownHandler,
):
    _web.add_handler(_part())


@dataclass(frozen=True)
class Feed:
    """What a server answered; `text` is None when nothing has changed since the etag."""

    text: str | None
    etag: str = ""


def address(said):
    """A feed's address as it is fetched: webcal: is https:. `Refused` if it is none of the web."""
    said = said.strip()
    if said.lower().startswith(("webcal://", "webcals://")):
        said = "https://" + said.partition("://")[2]
    try:
        parts = urlsplit(said)
        fine = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        fine = False
    if not fine:
        raise Refused("feed_url", N_("a feed’s address begins with https://"))
    return said


def fetch(url, etag=""):
    """What is at an address now. `Refused` says why there is nothing; takes at most some PATIENCE seconds."""
    headers = {"User-Agent": "Ombud", "Accept": "text/calendar, */*;q=0.5"}
    request = urllib.request.Request(
        address(url), headers=headers | ({"If-None-Match": etag} if etag else {})
    )
    try:
        with _web.open(request, timeout=PATIENCE) as answer:
            return Feed(_text(_read(answer)), answer.headers.get("ETag", "")[:200])
    except urllib.error.HTTPError as error:
        if error.code == 304:
            return Feed(None, etag)
        raise Refused("feed_url", N_("the server answered {code}"), code=error.code) from None
    except (OSError, ValueError, urllib.error.URLError) as error:
        reason = getattr(error, "reason", None) or error
        raise Refused("feed_url", N_("the server cannot be reached: {why}"), why=reason) from None


def _read(answer):
    deadline, content = time.monotonic() + PATIENCE, bytearray()
    while chunk := answer.read1(CHUNK):
        content += chunk
        if len(content) > MOST:
            raise Refused("feed_url", N_("a feed has at most 2 MB"))
        if time.monotonic() > deadline:
            raise Refused("feed_url", N_("the server takes too long"))
    return bytes(content)


def read_file(content):
    """An uploaded feed as text. `Refused` if it is too long or not text."""
    if len(content) > MOST:
        raise Refused("feed", N_("a feed has at most 2 MB"))
    return _text(content)


def _text(content):
    # A NUL is refused by PostgreSQL, and no calendar has one.
    return content.decode("utf-8-sig", "replace").replace("\0", "")


def days_of(text, span):
    """The closed days that a feed names in some years, as JSON: day → name. `Refused` if it is no feed."""
    if not text:
        return {}
    found = closed_days(text, date(span[0], 1, 1), date(span[-1], 12, 31))
    return {day.isoformat(): name[:200] for day, name in sorted(found.items())}
